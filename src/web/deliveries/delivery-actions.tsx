import { ActionIcon, Button, Group, Menu, Stack } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Delivery } from '../../contract/delivery.ts'
import { client, queries } from '../api/client.ts'
import { noteDelivery } from '../api/note-deliveries.ts'
import { Confirm } from '../parts/confirm.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { canBeUndone, cancelLater, cancelNow } from './cancel-later.ts'
import { RedeliverAnew } from './redeliver-anew.tsx'
import { RedeliverElsewhere } from './redeliver-elsewhere.tsx'

/** While it waits, the next attempt is brought forward: no second delivery is made by impatience. */
export function DeliveryActions({ delivery }: { readonly delivery: Delivery }) {
  const { state, finished_at, webhook } = delivery
  if (!delivery.may_act) return null
  if (finished_at !== null) return webhook === null ? null : <Redeliver delivery={delivery} />
  return state === 'sending' ? null : <WhileItWaits delivery={delivery} />
}

function WhileItWaits({ delivery }: { readonly delivery: Delivery }) {
  const text = useText()
  const [isLeaving, setLeaving] = useState(false)
  const tryNow = useMutation({
    mutationFn: () => client.deliveries.tryNow(delivery.id),
    onSuccess: noteDelivery,
    onSettled: () => queries.invalidateQueries({ queryKey: ['delivery', delivery.id] }),
  })
  const cancel = (): void => {
    setLeaving(true)
    const settled = () => setLeaving(false)
    if (canBeUndone(delivery)) cancelLater(delivery, text, settled)
    else void cancelNow(delivery, text).finally(settled)
  }
  return (
    <Stack gap="xs" align="end">
      <Group gap="xs">
        <Button variant="default" disabled={isLeaving} onClick={cancel}>
          {delivery.attempts > 0 ? text.delivery.cancelRetries : text.delivery.cancel}
        </Button>
        {delivery.state === 'waiting' && (
          <Button loading={tryNow.isPending} disabled={isLeaving} onClick={() => tryNow.mutate()}>
            {text.delivery.tryNow}
          </Button>
        )}
      </Group>
      {tryNow.error !== null && <ProblemAlert error={tryNow.error} />}
    </Stack>
  )
}

function Redeliver({ delivery }: { readonly delivery: Delivery }) {
  const text = useText()
  const navigate = useNavigate()
  const [asked, ask] = useState<'same' | 'anew' | 'elsewhere'>()
  const close = (): void => ask(undefined)
  const go = (id: string) => navigate({ to: '/deliveries/$delivery', params: { delivery: id } })
  const { mutate, error, isPending } = useMutation({
    mutationFn: (mode: 'same' | 'anew') => client.deliveries.redeliver(delivery.id, { mode }),
    onSuccess: ({ id }) => go(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries'] }),
  })
  const dialog = { error, busy: isPending, onClose: close }
  return (
    <Stack gap="xs" align="end">
      <Group gap={2} wrap="nowrap">
        <Button loading={isPending} onClick={() => (delivery.state === 'succeeded' ? ask('same') : mutate('same'))}>
          {text.delivery.redeliver}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={36} variant="filled" aria-label={text.delivery.otherwise}>
              <IconChevronDown size={18} stroke={1.75} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => ask('anew')}>{text.delivery.anew}</Menu.Item>
            <Menu.Item onClick={() => ask('elsewhere')}>{text.delivery.elsewhere.menu}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {asked === 'same' && (
        <Confirm
          title={text.delivery.againTitle}
          body={text.delivery.againBody}
          verb={text.delivery.redeliver}
          color="brand"
          {...dialog}
          onConfirm={() => mutate('same')}
        />
      )}
      {asked === 'anew' && <RedeliverAnew delivery={delivery} {...dialog} onConfirm={() => mutate('anew')} />}
      {asked === 'elsewhere' && <RedeliverElsewhere delivery={delivery} onDone={(id) => void go(id)} onClose={close} />}
      {asked === undefined && error !== null && <ProblemAlert error={error} />}
    </Stack>
  )
}
