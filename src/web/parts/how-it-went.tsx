import { Alert, Group, Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Stats } from '../../contract/stats.ts'
import { Moment } from './moment.tsx'
import type { Past } from './past.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { SpanChoice } from './span-choice.tsx'
import { extents, type Span } from './span.ts'
import { sumDays } from './sum-days.ts'
import { useSpan } from './use-span.ts'
import { useStats, type StatsOf } from './use-stats.ts'
import { useText } from './use-text.ts'

/** Pictures of how deliveries of an automation or a webhook went, and how far back they look. */
export function HowItWent({
  of,
  usual,
  children,
}: {
  readonly of: StatsOf
  readonly usual: Span
  readonly children: (past: Past) => ReactNode
}) {
  const [span, choose] = useSpan(usual)
  return (
    <Stack gap="sm">
      <Group justify="flex-end">
        <SpanChoice span={span} onChange={choose} />
      </Group>
      <Pictures of={of} span={span}>
        {children}
      </Pictures>
    </Stack>
  )
}

export function Pictures({
  of,
  span,
  children,
}: {
  readonly of: StatsOf
  readonly span: Span
  readonly children: (past: Past) => ReactNode
}) {
  const text = useText()
  const stats = useStats(of, span)
  if (stats.isError) return <ProblemAlert error={stats.error} onRetry={() => void stats.refetch()} />
  if (stats.isPending) return <Skeleton height={230} aria-label={text.common.loading} />
  return children(pastOf(stats.data, span))
}

function pastOf(stats: Stats, span: Span): Past {
  const { unit } = extents[span]
  return {
    span,
    unit,
    buckets: unit === 'day' ? sumDays(stats.buckets) : stats.buckets,
    note: stats.counted_from === stats.from ? null : <Partly since={stats.counted_from} />,
  }
}

function Partly({ since }: { readonly since: string }) {
  const text = useText()
  return (
    <Alert color="idle" p="xs">
      {text.pictures.partly} <Moment at={since} />
    </Alert>
  )
}
