import { Box, Group, Text } from '@mantine/core'
import type { Attempt } from '../../contract/delivery.ts'
import { spellMs } from './spell-time.ts'
import { useText } from './use-text.ts'

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
  const text = useText()
  const told = order.map((name) => ({ name, label: text.delivery.phases[name], ms: phases[name] }))
  const total = told.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <Box>
      <Box
        role="img"
        aria-label={`${text.delivery.phasesTitle}: ${told.map(({ label, ms }) => `${label} ${spellMs(ms, text)}`).join(', ')}`}
        display="flex"
        h={18}
        style={{ gap: 1, borderRadius: 4, overflow: 'hidden' }}
      >
        {told
          .filter(({ ms }) => ms > 0)
          .map(({ name, ms }) => (
            <Box key={name} className="phase" style={{ flexGrow: ms, flexBasis: 2, background: grounds[name] }} />
          ))}
      </Box>
      <Group gap="md" mt={4}>
        {told.map(({ name, label, ms }) => (
          <Group key={name} gap={6} wrap="nowrap">
            <Box w={10} h={10} className="phase" style={{ borderRadius: 2, background: grounds[name] }} />
            <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {label} {spellMs(ms, text)}
            </Text>
          </Group>
        ))}
        <Text size="xs" fw={500}>
          {spellMs(total, text)}
        </Text>
      </Group>
    </Box>
  )
}
