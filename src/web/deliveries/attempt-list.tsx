import { Group, Paper, SegmentedControl, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import type { Attempt, Delivery } from '../../contract/delivery.ts'
import { Countdown } from '../parts/countdown.tsx'
import { Moment } from '../parts/moment.tsx'
import { PhaseStrip, sumOf } from '../parts/phase-bar.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellMs } from '../parts/spell-time.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

/** Every attempt with where its time went, to choose one of them; then the one that is due. */
export function AttemptList({
  delivery,
  chosen,
  onChoose,
}: {
  readonly delivery: Delivery
  readonly chosen: Attempt | undefined
  readonly onChoose: (attempt: Attempt, byKeys?: boolean) => void
}) {
  const text = useText()
  const { attempt_list: attempts, next_attempt_at: due } = delivery
  const [scale, setScale] = useState<'own' | 'same'>('own')
  const longest = Math.max(...attempts.map(totalOf))
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const next = step === undefined ? undefined : attempts[attempts.findIndex((one) => one === chosen) + step]
    if (step === undefined) return
    event.preventDefault()
    if (next === undefined) return
    onChoose(next, true)
    event.currentTarget.querySelector<HTMLElement>(`[data-attempt="${next.number}"]`)?.focus()
  }
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="attempts">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="attempts">
          {text.history.attempts}
        </Title>
        {attempts.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={text.delivery.scales.title}
            value={scale}
            data={(['own', 'same'] as const).map((value) => ({ value, label: text.delivery.scales[value] }))}
            onChange={(value) => setScale(value === 'same' ? 'same' : 'own')}
          />
        )}
      </Group>
      <Stack component="ol" gap={4} className="attempts" onKeyDown={onKeyDown}>
        {attempts.map((attempt, index) => (
          <li key={attempt.number}>
            <UnstyledButton
              data-attempt={attempt.number}
              aria-current={attempt === chosen}
              onClick={() => onChoose(attempt)}
            >
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <StatusMark
                  meaning={attempt.outcome === 'succeeded' ? 'good' : 'bad'}
                  label={`${attempt.number} · ${spellOutcome(attempt, text)}`}
                />
                <Text span size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {attempt.phases_ms !== null && spellMs(totalOf(attempt), text)}
                </Text>
              </Group>
              {attempt.phases_ms !== null && (
                <PhaseStrip phases={attempt.phases_ms} {...(scale === 'same' ? { scaleMs: longest } : {})} />
              )}
              <Text size="xs" c="dimmed">
                <Moment at={attempt.at} />
                {index > 0 && ` · ${text.delivery.after(spellMs(gapBefore(attempts, index), text))}`}
              </Text>
            </UnstyledButton>
          </li>
        ))}
        {due !== null && (
          <li className="due">
            <StatusMark meaning="idle" label={text.delivery.due} />{' '}
            <Text span size="sm">
              <Countdown to={due} />
            </Text>
          </li>
        )}
      </Stack>
    </Paper>
  )
}

function totalOf({ phases_ms: phases }: Attempt): number {
  return phases === null ? 0 : sumOf(phases)
}

/** From the end of the one before to the start of this one. */
function gapBefore(attempts: readonly Attempt[], index: number): number {
  const [before, now] = [attempts[index - 1]!, attempts[index]!]
  return Math.max(0, Date.parse(now.at) - Date.parse(before.at) - totalOf(before))
}
