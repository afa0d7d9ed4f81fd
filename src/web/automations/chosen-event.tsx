import { Paper, Stack, Text, Title } from '@mantine/core'
import type { DryRunResult } from '../../contract/trial.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'
import { Verdict } from './verdict.tsx'

/** The one event that somebody wants to see the change on, or an example where nothing happened yet. */
export function ChosenEvent({ result }: { readonly result: DryRunResult }) {
  const text = useText()
  const { event, sample } = result
  const title = sample ? text.wizard.sampleEvent : text.wizard.chosenEvent
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      <Paper withBorder px="md" py="xs" role="status">
        <Text size="sm">
          {spellEvent(event, text.eventTitle)} · {spellSubject(event)}
        </Text>
        {!sample && (
          <Text size="xs" c="dimmed">
            <Moment at={event.at} />
          </Text>
        )}
        <Verdict result={result} />
      </Paper>
    </Stack>
  )
}
