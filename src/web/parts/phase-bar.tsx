import { Box, Group, Text } from '@mantine/core'
import type { Attempt } from '../../contract/delivery.ts'
import { spellMs } from './spell-time.ts'
import { useText } from './use-text.ts'
import type { Words } from '../text/words.ts'

type Phases = NonNullable<Attempt['phases_ms']>

const order = ['dns', 'connect', 'tls', 'first_byte', 'body'] as const
const grounds = {
  dns: 'light-dark(#64748b, #94a3b8)',
  connect: 'light-dark(#0e7490, #22b8cf)',
  tls: 'light-dark(#7c3aed, #a78bfa)',
  first_byte: 'light-dark(#4338ca, #818cf8)',
  body: 'light-dark(#0f766e, #2dd4bf)',
} as const

/** Where the time of an attempt went, drawn on its own scale; all figures are in text below. */
export function PhaseBar({ phases }: { readonly phases: Phases }) {
  return (
    <Box>
      <PhaseStrip phases={phases} />
      <PhaseFigures phases={phases} />
    </Box>
  )
}

/** The drawing alone; `scaleMs` is what its whole width stands for, the attempt's own time when left out. */
export function PhaseStrip({ phases, scaleMs }: { readonly phases: Phases; readonly scaleMs?: number }) {
  const text = useText()
  const told = tell(phases, text)
  const total = sumOf(phases)
  const share = scaleMs === undefined || scaleMs === 0 ? 1 : total / scaleMs
  return (
    <Box
      role="img"
      aria-label={`${text.delivery.phasesTitle}: ${told.map(({ label, ms }) => `${label} ${spellMs(ms, text)}`).join(', ')}`}
      display="flex"
      h={18}
      style={{ gap: 1, borderRadius: 4, overflow: 'hidden', width: `max(${100 * share}%, 3px)` }}
    >
      {told
        .filter(({ ms }) => ms > 0)
        .map(({ name, ms }) => (
          <Box key={name} className="phase" style={{ flexGrow: ms, flexBasis: 2, background: grounds[name] }} />
        ))}
    </Box>
  )
}

/** The six figures: five phases, and all of them together. */
export function PhaseFigures({ phases }: { readonly phases: Phases }) {
  const text = useText()
  return (
    <Group gap="md" mt={4}>
      {tell(phases, text).map(({ name, label, ms }) => (
        <Group key={name} gap={6} wrap="nowrap">
          <Box w={10} h={10} className="phase" style={{ borderRadius: 2, background: grounds[name] }} />
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {label} {spellMs(ms, text)}
          </Text>
        </Group>
      ))}
      <Text size="xs" fw={500}>
        {text.delivery.total} {spellMs(sumOf(phases), text)}
      </Text>
    </Group>
  )
}

export function sumOf(phases: Phases): number {
  return order.reduce((sum, name) => sum + phases[name], 0)
}

function tell(phases: Phases, text: Words) {
  return order.map((name) => ({ name, label: text.delivery.phases[name], ms: phases[name] }))
}
