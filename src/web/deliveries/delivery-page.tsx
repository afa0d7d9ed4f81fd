import { Alert, Button, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useNamed } from '../api/use-address.ts'
import type { Delivery } from '../../contract/delivery.ts'
import { client, queries } from '../api/client.ts'
import { noteDelivery } from '../api/note-deliveries.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Countdown } from '../parts/countdown.tsx'
import { DeliveryStateMark } from '../parts/delivery-state.tsx'
import { Facts } from '../parts/facts.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { useText } from '../parts/use-text.ts'
import { AttemptView } from './attempt-view.tsx'
import { DeliveryPath } from './delivery-path.tsx'
import { RedeliverAnew } from './redeliver-anew.tsx'
import { spellVerdict } from './spell-verdict.ts'
import { WhySent } from './why-sent.tsx'
import { spellRoute } from '../parts/delivery-table.tsx'

/** What happened in one sentence, then the proof, then the bytes. */
export function DeliveryPage() {
  const text = useText()
  const { delivery: id = '' } = useNamed()
  const found = useQuery({ queryKey: ['delivery', id], queryFn: () => client.deliveries.get(id) })
  const url = useWebhookUrl(found.data)
  if (found.isPending) return <Waiting title={text.history.delivery} />
  if (found.isError) return <RefusedPage title={text.history.delivery} refused={found} />
  const delivery = found.data
  return (
    <Page title={spellRoute(delivery, text.history)} kind="delivery" action={<Actions key={id} delivery={delivery} />}>
      <Group gap="lg" role="status">
        <DeliveryStateMark state={delivery.state} attempts={delivery.attempts} />
        <Text>{spellVerdict(delivery, text)}</Text>
      </Group>
      {delivery.next_attempt_at !== null && (
        <Text>
          {text.delivery.nextAttempt} <Countdown to={delivery.next_attempt_at} />
        </Text>
      )}
      <DeliveryPath delivery={delivery} />
      <Facts
        facts={[
          [
            text.history.event,
            delivery.event !== null && (
              <PageLink to={`/events/${delivery.event}`}>
                {delivery.event_type === null ? delivery.event : text.eventTitle(delivery.event_type)}
              </PageLink>
            ),
          ],
          [
            text.history.automation,
            delivery.automation !== null && (
              <PageLink to={`/automations/${delivery.automation}`}>
                {delivery.automation_name ?? delivery.automation} (
                {text.delivery.revision(delivery.automation_revision ?? 0)})
              </PageLink>
            ),
          ],
          [text.delivery.made, <Moment key="made" at={delivery.created_at} />],
          [text.delivery.ended, delivery.finished_at !== null && <Moment at={delivery.finished_at} />],
          ['webhook-id', <code key="id">{delivery.message_id}</code>],
          [
            text.delivery.again,
            delivery.redelivery_of !== null && (
              <PageLink to={`/deliveries/${delivery.redelivery_of}`}>{delivery.redelivery_of}</PageLink>
            ),
          ],
        ]}
      />
      {delivery.automation !== null && delivery.automation_revision !== null && delivery.state !== 'skipped' && (
        <WhySent automation={delivery.automation} revision={delivery.automation_revision} />
      )}
      {delivery.details === 'hidden' && <Alert color="idle">{text.delivery.hidden}</Alert>}
      {delivery.attempt_list.length > 0 && (
        <Stack gap="sm">
          <Title order={2}>{text.history.attempts}</Title>
          {delivery.attempt_list.toReversed().map((attempt) => (
            <AttemptView key={attempt.number} attempt={attempt} url={url} payload={delivery.payload} />
          ))}
        </Stack>
      )}
      {delivery.payload !== null && (
        <Stack gap="xs">
          <Title order={2}>{text.delivery.payload}</Title>
          <CodeBlock label={text.delivery.payload} code={delivery.payload} />
        </Stack>
      )}
    </Page>
  )
}

/** Where the webhook sends to now, as far as the reader may see it. */
function useWebhookUrl(delivery: Delivery | undefined): string | undefined {
  const id = delivery?.details === 'shown' ? delivery.webhook : null
  const webhook = useQuery({
    queryKey: ['webhook', id],
    queryFn: () => client.webhooks.get(id!),
    enabled: id !== null,
  })
  return webhook.data?.url
}

/** While it waits, the next attempt is brought forward: no second delivery is made by impatience. */
function Actions({ delivery }: { readonly delivery: Delivery }) {
  const text = useText()
  const navigate = useNavigate()
  const settled = () => {
    void queries.invalidateQueries({ queryKey: ['delivery', delivery.id] })
    void queries.invalidateQueries({ queryKey: ['deliveries'] })
  }
  const redeliver = useMutation({
    mutationFn: (mode: 'same' | 'anew') => client.deliveries.redeliver(delivery.id, { mode }),
    onSuccess: ({ id }) => navigate({ to: '/deliveries/$delivery', params: { delivery: id } }),
    onSettled: settled,
  })
  const act = { onSuccess: noteDelivery, onSettled: settled }
  const tryNow = useMutation({ mutationFn: () => client.deliveries.tryNow(delivery.id), ...act })
  const cancel = useMutation({ mutationFn: () => client.deliveries.cancel(delivery.id), ...act })
  const [asked, ask] = useState<'same' | 'anew'>()
  const close = (): void => ask(undefined)
  const error = redeliver.error ?? tryNow.error ?? cancel.error
  if (!delivery.may_act) return null
  return (
    <Stack gap="xs" align="end">
      <Group gap="xs">
        {(delivery.state === 'waiting' || delivery.state === 'held') && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {text.delivery.cancel}
          </Button>
        )}
        {delivery.state === 'waiting' && (
          <Button loading={tryNow.isPending} onClick={() => tryNow.mutate()}>
            {text.delivery.tryNow}
          </Button>
        )}
        {delivery.finished_at !== null && delivery.webhook !== null && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button loading={redeliver.isPending}>{text.delivery.redeliver}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => (delivery.state === 'succeeded' ? ask('same') : redeliver.mutate('same'))}>
                {text.delivery.same}
              </Menu.Item>
              <Menu.Item onClick={() => ask('anew')}>{text.delivery.anew}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {asked === 'same' && (
        <Confirm
          title={text.delivery.againTitle}
          body={text.delivery.againBody}
          verb={text.delivery.redeliver}
          color="brand"
          error={error}
          busy={redeliver.isPending}
          onConfirm={() => redeliver.mutate('same')}
          onClose={close}
        />
      )}
      {asked === 'anew' && (
        <RedeliverAnew
          delivery={delivery}
          error={error}
          busy={redeliver.isPending}
          onConfirm={() => redeliver.mutate('anew')}
          onClose={close}
        />
      )}
      {asked === undefined && error !== null && <ProblemAlert error={error} />}
    </Stack>
  )
}
