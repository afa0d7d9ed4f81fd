import { Button, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { useSearched } from '../api/use-address.ts'
import { useNavigate } from '@tanstack/react-router'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { Verdict } from '../parts/what-it-set-off.tsx'

/** Any automation: why it fired or did not, whether it was in the event's reach or not. The address names it. */
export function AnotherAutomation({ event }: { readonly event: string }) {
  const text = useText()
  const { automation } = useSearched()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(automation !== undefined)
  const automations = useQuery({
    queryKey: ['automations', 'choice'],
    queryFn: async () => (await client.automations.list({ limit: 100 })).items,
    enabled: isOpen,
  })
  const explanation = useQuery({
    queryKey: ['explanation', event, automation],
    queryFn: () => client.events.explain(event, { automation }),
    enabled: automation !== undefined,
    retry: false,
  })
  const judgement = explanation.data?.judgements.find((one) => one.automation === automation)
  if (!isOpen)
    return (
      <Button variant="default" size="compact-sm" style={{ alignSelf: 'start' }} onClick={() => setOpen(true)}>
        {text.events.another}
      </Button>
    )
  return (
    <Stack gap="xs">
      <NativeSelect
        maw={420}
        label={text.events.another}
        value={automation ?? ''}
        data={[
          { value: '', label: text.common.choose },
          ...(automations.data ?? []).map(({ id, name, scope }) => ({ value: id, label: `${name} · ${scope.name}` })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ to: '.', search: value === '' ? {} : { automation: value }, resetScroll: false })
        }
      />
      {explanation.error !== null && <ProblemAlert error={explanation.error} />}
      {judgement !== undefined && <Verdict judgement={judgement} event={event} />}
    </Stack>
  )
}
