import { Group, Text } from '@mantine/core'
import type { Stats } from '../../contract/stats.ts'
import { Figure } from './figure.tsx'
import type { Past } from './past.ts'
import { spellBucket } from './spell-bucket.ts'
import { TimeAxis } from './time-axis.tsx'
import { useText } from './use-text.ts'

type Buckets = readonly Stats['buckets'][number][]

const outcomes = ['succeeded', 'failed', 'skipped'] as const
type Outcome = (typeof outcomes)[number]
const colors = {
  succeeded: 'light-dark(#3b9a68, #3aa670)',
  failed: 'light-dark(#dc2626, #f87171)',
  skipped: 'light-dark(#7f8896, #6b7280)',
} as const
const height = 120
const barWidth = 10

/** Deliveries of each minute, hour or day by what became of them. */
export function DeliveriesPicture({ past: { span, unit, buckets, note } }: { readonly past: Past }) {
  const text = useText()
  const sum = (of: Outcome) => buckets.reduce((total, bucket) => total + bucket[of], 0)
  const sentence = text.pictures.finished(
    sum('succeeded') + sum('failed') + sum('skipped'),
    sum('failed'),
    text.pictures.spans[span],
  )
  const busy = buckets.filter((bucket) => outcomes.some((outcome) => bucket[outcome] > 0)).toReversed()
  return (
    <Figure
      title={text.pictures.deliveries[unit]}
      sentence={sentence}
      note={note}
      picture={
        <div>
          <Picture buckets={buckets} label={sentence} />
          <TimeAxis from={spellBucket(buckets[0]!.at, span, text)} />
        </div>
      }
      table={{
        headings: [text.common.when, ...outcomes.map((outcome) => text.states[outcome])],
        rows: busy.map((bucket) => [
          spellBucket(bucket.at, span, text),
          ...outcomes.map((outcome) => text.number(bucket[outcome])),
        ]),
      }}
      legend={
        <Group gap="md">
          {outcomes.map((outcome) => (
            <Group key={outcome} gap={6}>
              <svg width={10} height={10} aria-hidden>
                <Bar outcome={outcome} x={0} width={10} top={0} tall={10} />
              </svg>
              <Text size="xs" c="dimmed">
                {text.states[outcome]}
              </Text>
            </Group>
          ))}
        </Group>
      }
    />
  )
}

function Picture({ buckets, label }: { readonly buckets: Buckets; readonly label: string }) {
  const most = Math.max(1, ...buckets.map((bucket) => outcomes.reduce((sum, outcome) => sum + bucket[outcome], 0)))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${buckets.length * barWidth} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
    >
      <path d={`M0 ${height - 0.5}H${buckets.length * barWidth}`} stroke="var(--mantine-color-idle-4)" />
      {buckets.map((bucket, index) => {
        let top = height
        return outcomes.map((outcome) => {
          const tall = (bucket[outcome] / most) * (height - 4)
          top -= tall
          return tall === 0 ? null : (
            <Bar
              key={`${bucket.at} ${outcome}`}
              outcome={outcome}
              x={index * barWidth + 1}
              width={barWidth - 2}
              top={top}
              tall={tall}
            />
          )
        })
      })}
    </svg>
  )
}

/** Filled, striped or hollow: told apart without colors too. */
function Bar({
  outcome,
  x,
  width,
  top,
  tall,
}: {
  readonly outcome: Outcome
  readonly x: number
  readonly width: number
  readonly top: number
  readonly tall: number
}) {
  const color = colors[outcome]
  switch (outcome) {
    case 'succeeded':
      return <rect x={x} y={top} width={width} height={tall} fill={color} />
    case 'failed':
      return (
        <path
          d={`M${x + width / 2} ${top + tall}v${-tall}`}
          stroke={color}
          strokeWidth={width}
          strokeDasharray="3 1.5"
        />
      )
    case 'skipped':
      return (
        <rect
          x={x + 0.75}
          y={top + 0.75}
          width={width - 1.5}
          height={Math.max(0, tall - 1.5)}
          fill="none"
          stroke={color}
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      )
  }
}
