import { Group, Paper, Stack, Text } from '@mantine/core'
import type { Simulation } from '../../contract/trial.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

/** Past events and whether they would have fired it, with the reason of each that would not. */
export function SimulatedEvents({ simulation }: { readonly simulation: Simulation | undefined }) {
  const text = useText()
  if (simulation === undefined) return <Text c="dimmed">{text.common.loading}</Text>
  if (simulation.judged === 0) return <Text c="dimmed">{text.automations.nothingJudged}</Text>
  return (
    <Stack gap="xs">
      <Text role="status">{text.automations.simulated(simulation.fired, simulation.judged)}</Text>
      {simulation.items.map(({ event, verdict, reason }) => (
        <Paper key={event.id} withBorder px="md" py="xs">
          <Group justify="space-between" gap="xs">
            <PageLink to={`/events/${event.id}`}>
              {spellEvent(event, text.eventTitle)} · {spellSubject(event)}
            </PageLink>
            <StatusMark
              {...(verdict === 'fired' ? { meaning: 'good' } : { meaning: 'idle', shape: 'bar' })}
              label={verdict === 'fired' ? text.automations.would : text.automations.wouldNot}
            />
          </Group>
          <Text size="xs" c="dimmed">
            <Moment at={event.at} />
            {reason === null ? '' : ` · ${text.server(reason)}`}
          </Text>
        </Paper>
      ))}
    </Stack>
  )
}
