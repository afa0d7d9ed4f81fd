import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import type { Simulation } from '../../contract/trial.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

/** Past events and whether they would have fired it, with the reason of each that would not. */
export function SimulatedEvents({
  simulation,
  isStale = false,
  chosen,
  onChoose,
}: {
  readonly simulation: Simulation | undefined
  /** Another answer is on its way. */
  readonly isStale?: boolean
  readonly chosen?: string | undefined
  /** Where one of them can be taken for its values. */
  readonly onChoose?: (event: string) => void
}) {
  const text = useText()
  if (simulation === undefined) return <Text c="dimmed">{text.common.loading}</Text>
  if (simulation.judged === 0) return <Text c="dimmed">{text.automations.nothingJudged}</Text>
  return (
    <Stack gap="xs" style={isStale ? { opacity: 0.6 } : {}}>
      <Text role="status">{text.automations.simulated(simulation.fired, simulation.judged)}</Text>
      {simulation.items.map(({ event, verdict, reason }) => (
        <Paper key={event.id} withBorder px="md" py="xs">
          <Group justify="space-between" gap="xs">
            <span id={`past-${event.id}`}>
              <PageLink to={`/events/${event.id}`}>
                {spellEvent(event, text.eventTitle)} · {spellSubject(event)}
              </PageLink>
            </span>
            <StatusMark
              {...(verdict === 'fired' ? { meaning: 'good' } : { meaning: 'idle', shape: 'bar' })}
              label={verdict === 'fired' ? text.automations.would : text.automations.wouldNot}
            />
          </Group>
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed">
              <Moment at={event.at} />
              {reason === null ? '' : ` · ${text.server(reason)}`}
            </Text>
            {onChoose !== undefined && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-pressed={event.id === chosen}
                aria-describedby={`past-${event.id}`}
                onClick={() => onChoose(event.id)}
              >
                {text.wizard.useValues}
              </Button>
            )}
          </Group>
        </Paper>
      ))}
    </Stack>
  )
}
