import { Button, Group, Paper, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Stats } from '../../contract/stats.ts'
import { spellClock } from './spell-time.ts'
import { useText } from './use-text.ts'

type Minutes = Stats['per_minute']

const outcomes = ['succeeded', 'failed', 'skipped'] as const
const fills = {
  succeeded: 'light-dark(#3b9a68, #3aa670)',
  failed: 'light-dark(#dc2626, #f87171)',
  skipped: 'light-dark(#7f8896, #6b7280)',
} as const
const height = 120
const barWidth = 10

/** Deliveries of each minute by what became of them: a sentence, and a picture or a table. */
export function PerMinute({ minutes }: { readonly minutes: Minutes }) {
  const text = useText()
  const [asTable, setAsTable] = useState(false)
  const sum = (of: (typeof outcomes)[number]) => minutes.reduce((total, minute) => total + minute[of], 0)
  const sentence = text.overview.finished(sum('succeeded') + sum('failed') + sum('skipped'), sum('failed'))
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.perMinute}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{text.overview.perMinute}</Title>
          <Button variant="subtle" size="compact-sm" onClick={() => setAsTable(!asTable)}>
            {asTable ? text.overview.asChart : text.overview.asTable}
          </Button>
        </Group>
        <Text size="sm">{sentence}</Text>
        {asTable ? <AsTable minutes={minutes} /> : <Picture minutes={minutes} label={sentence} />}
        <Group gap="md">
          {outcomes.map((outcome) => (
            <Group key={outcome} gap={6}>
              <svg width={10} height={10} aria-hidden>
                <rect width={10} height={10} rx={2} fill={fills[outcome]} />
              </svg>
              <Text size="xs" c="dimmed">
                {text.states[outcome]}
              </Text>
            </Group>
          ))}
        </Group>
      </Stack>
    </Paper>
  )
}

function Picture({ minutes, label }: { readonly minutes: Minutes; readonly label: string }) {
  const most = Math.max(1, ...minutes.map((minute) => outcomes.reduce((sum, outcome) => sum + minute[outcome], 0)))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${minutes.length * barWidth} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
    >
      <path d={`M0 ${height - 0.5}H${minutes.length * barWidth}`} stroke="var(--mantine-color-idle-4)" />
      {minutes.map((minute, index) => {
        let top = height
        return outcomes.map((outcome) => {
          const tall = (minute[outcome] / most) * (height - 4)
          top -= tall
          return tall === 0 ? null : (
            <rect
              key={`${minute.at} ${outcome}`}
              x={index * barWidth + 1}
              y={top}
              width={barWidth - 2}
              height={tall}
              fill={fills[outcome]}
            />
          )
        })
      })}
    </svg>
  )
}

function AsTable({ minutes }: { readonly minutes: Minutes }) {
  const text = useText()
  const busy = minutes.filter((minute) => outcomes.some((outcome) => minute[outcome] > 0)).toReversed()
  return (
    <ScrollArea.Autosize
      mah={260}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': text.overview.perMinute }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{text.common.when}</Table.Th>
            {outcomes.map((outcome) => (
              <Table.Th key={outcome} scope="col">
                {text.states[outcome]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {busy.map((minute) => (
            <Table.Tr key={minute.at}>
              <Table.Td>{spellClock(new Date(minute.at))}</Table.Td>
              {outcomes.map((outcome) => (
                <Table.Td key={outcome}>{minute[outcome]}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
