import { NativeSelect, Stack, Text, Title } from '@mantine/core'
import type { DryRunResult, Simulation } from '../../contract/trial.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

/** What would be sent, with the values of an event that happened or of an example. */
export function PayloadPreview({
  result,
  simulation,
  event,
  isWrong,
  onChoose,
}: {
  readonly result: DryRunResult | undefined
  readonly simulation: Simulation | undefined
  readonly event: string | undefined
  /** There are mistakes in what is typed: nothing is rendered until they are mended. */
  readonly isWrong: boolean
  readonly onChoose: (event: string | undefined) => void
}) {
  const text = useText()
  return (
    <Stack gap="xs" component="section" aria-label={text.wizard.preview}>
      <Title order={2}>{text.wizard.preview}</Title>
      <NativeSelect
        label={text.wizard.valuesOf}
        value={event ?? ''}
        data={[
          { value: '', label: text.wizard.anExample },
          ...(simulation?.items ?? []).map((item) => ({
            value: item.event.id,
            label: `${spellEvent(item.event, text.eventTitle)} · ${spellSubject(item.event)}`,
          })),
          ...(event !== undefined && !simulation?.items.some((item) => item.event.id === event)
            ? [{ value: event, label: event }]
            : []),
        ]}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
      />
      {result === undefined ? (
        <Text c="dimmed">{isWrong ? text.wizard.mendFirst : text.wizard.nothingToShow}</Text>
      ) : (
        <>
          <StatusMark
            {...(result.verdict === 'fired' ? { meaning: 'good' } : { meaning: 'idle', shape: 'bar' })}
            label={result.verdict === 'fired' ? text.automations.would : text.automations.wouldNot}
          />
          {result.reason !== null && <Text size="sm">{text.server(result.reason)}</Text>}
          {result.blanks.length > 0 && <StatusMark meaning="warn" label={text.wizard.blanks(result.blanks)} />}
          {result.payload !== null && (
            <>
              <CodeBlock label={text.wizard.preview} code={result.payload} />
              <Text size="xs" c="dimmed">
                {text.delivery.bytes(new TextEncoder().encode(result.payload).length)}
              </Text>
            </>
          )}
        </>
      )}
    </Stack>
  )
}
