import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { DryRunResult, Simulation } from '../../contract/trial.ts'
import { diffLines } from '../parts/diff-lines.ts'
import { DiffView } from '../parts/diff-view.tsx'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { PayloadPieces } from '../payload/payload-pieces.tsx'
import type { Place } from '../payload/plain-editor.tsx'
import { Verdict } from './verdict.tsx'

/** What would be sent, with the values of an event that happened or of an example. */
export function PayloadPreview({
  result,
  simulation,
  event,
  mistakes,
  hasToken,
  lit,
  onPoint,
  onChoose,
  onTest,
}: {
  readonly result: DryRunResult | undefined
  readonly simulation: Simulation | undefined
  readonly event: string | undefined
  /** Where some of the form are left, nothing is rendered until they are mended. */
  readonly mistakes: number
  readonly hasToken: boolean
  readonly lit: Place | undefined
  readonly onPoint: (at: Place | undefined) => void
  readonly onChoose: (event: string | undefined) => void
  /** Left out for who may not send one. */
  readonly onTest: (() => void) | undefined
}) {
  const text = useText()
  const pieces = result?.pieces ?? null
  const blanks = pieces?.filter(({ kind }) => kind === 'blank').length ?? 0
  const before = useBefore(result?.payload ?? undefined)
  return (
    <Stack gap="xs" component="section" id="preview" aria-label={text.wizard.preview}>
      <Group justify="space-between">
        <Title order={2}>{text.wizard.preview}</Title>
        <Group gap="sm">
          {mistakes > 0 && <StatusMark meaning="bad" label={text.wizard.countMistakes(mistakes)} />}
          {blanks > 0 && <StatusMark meaning="warn" label={text.wizard.countBlanks(blanks)} />}
          {onTest !== undefined && (
            <Button variant="default" size="xs" onClick={onTest}>
              {text.wizard.sendTest}
            </Button>
          )}
        </Group>
      </Group>
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
      {result === undefined || pieces === null ? (
        <Text c="dimmed">{mistakes > 0 ? text.wizard.mendFirst : text.wizard.nothingToShow}</Text>
      ) : (
        <>
          <Verdict result={result} />
          <PayloadPieces label={text.wizard.preview} {...{ pieces, lit, onPoint }} />
          {result.blanks.length > 0 && <Text size="sm">{text.wizard.blanks(result.blanks)}</Text>}
          <Group gap="sm">
            <StatusMark meaning="good" label={text.wizard.validJson} />
            <Text size="xs" c="dimmed">
              {text.delivery.bytes(new TextEncoder().encode(result.payload ?? '').length)} ·{' '}
              {hasToken ? text.wizard.postWithToken : 'POST'}
            </Text>
          </Group>
          {before !== undefined && (
            <details>
              <summary>{text.wizard.differences}</summary>
              <DiffView lines={diffLines(before, result.payload ?? '')} />
            </details>
          )}
        </>
      )}
    </Stack>
  )
}

/** What it was before it changed last. */
function useBefore(now: string | undefined): string | undefined {
  const [pair, setPair] = useState<{ readonly now?: string | undefined; readonly before?: string | undefined }>({ now })
  if (now !== undefined && now !== pair.now) setPair({ now, before: pair.now })
  return pair.before
}
