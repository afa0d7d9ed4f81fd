import { Anchor, Group, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Judgement } from '../../contract/explanation.ts'
import { client } from '../api/client.ts'
import { DeliveryStateMark } from './delivery-state.tsx'
import { PageLink } from './page-link.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { StatusMark, type Mark } from './status-mark.tsx'
import { useText } from './use-text.ts'

/** Every automation in the event's reach, with its delivery or the reason why there is none. Kept up to date. */
export function WhatItSetOff({ event }: { readonly event: string }) {
  const text = useText()
  const explanation = useQuery({ queryKey: ['explanation', event], queryFn: () => client.events.explain(event) })
  if (explanation.isError) return <ProblemAlert error={explanation.error} />
  if (explanation.isPending) return <Text c="dimmed">{text.common.loading}</Text>
  const { judgements } = explanation.data
  if (judgements.length === 0) return <Text c="dimmed">{text.events.nobody}</Text>
  const fired = judgements.filter(({ verdict }) => verdict === 'fired').length
  return (
    <Stack gap="xs">
      <Text role="status">{text.events.sum(fired, judgements.length)}</Text>
      {judgements
        .toSorted((one, other) => rank(one) - rank(other))
        .map((judgement) => (
          <Verdict key={judgement.automation} judgement={judgement} event={event} />
        ))}
    </Stack>
  )
}

/** What fired first, then what nearly did. */
const ranks = {
  fired: 0,
  'not-matched': 1,
  disabled: 2,
  'other-event-type': 3,
  'out-of-reach': 4,
  'created-later': 5,
} as const
const rank = ({ verdict }: Judgement): number => ranks[verdict]

const marks: Readonly<Record<Judgement['verdict'], Mark>> = {
  fired: { meaning: 'good', shape: 'tick' },
  'not-matched': { meaning: 'idle', shape: 'bar' },
  disabled: { meaning: 'idle', shape: 'bars' },
  'other-event-type': { meaning: 'idle', shape: 'bar' },
  'out-of-reach': { meaning: 'idle', shape: 'bar' },
  'created-later': { meaning: 'idle', shape: 'bar' },
}

export function Verdict({ judgement, event }: { readonly judgement: Judgement; readonly event: string }) {
  const text = useText()
  const { automation, automation_name, verdict, reason, revision, delivery, through, may_change } = judgement
  return (
    <Paper withBorder px="md" py="xs">
      <Group justify="space-between" gap="xs">
        <PageLink to={`/automations/${automation}`}>{automation_name}</PageLink>
        {delivery === null ? (
          <StatusMark {...marks[verdict]} label={text.events.verdicts[verdict]} />
        ) : (
          <Fired delivery={delivery} />
        )}
      </Group>
      <Text size="sm">{reason === null ? through : text.server(reason)}</Text>
      <Group gap="sm">
        <Text size="xs" c="dimmed">
          {text.events.asOf(revision)}
        </Text>
        {verdict !== 'fired' && may_change && (
          <Anchor
            component={Link}
            to={`/automations/${automation}/edit?event=${event}`}
            size="xs"
            aria-label={text.events.tryChangeOf(automation_name)}
          >
            {text.events.tryChange}
          </Anchor>
        )}
      </Group>
    </Paper>
  )
}

function Fired({ delivery }: { readonly delivery: string }) {
  const text = useText()
  const found = useQuery({ queryKey: ['delivery', delivery], queryFn: () => client.deliveries.get(delivery) })
  return (
    <Group gap="xs">
      {found.data === undefined ? (
        <StatusMark meaning="good" label={text.events.verdicts.fired} />
      ) : (
        <DeliveryStateMark state={found.data.state} attempts={found.data.attempts} />
      )}
      <PageLink to={`/deliveries/${delivery}`}>{text.history.delivery}</PageLink>
    </Group>
  )
}
