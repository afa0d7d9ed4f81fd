import { Stack, Text } from '@mantine/core'
import type { Difference } from './diff-lines.ts'
import { DiffView } from './diff-view.tsx'
import { useText } from './use-text.ts'

/** Each setting under its name, with what went and what came. */
export function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const text = useText()
  return (
    <Stack gap="xs">
      {differences.length === 0 && <Text c="dimmed">{text.changes.same}</Text>}
      {differences.map(({ heading, lines }) => (
        <Stack key={heading} gap={4}>
          <Text size="xs" c="dimmed" fw={500}>
            {heading}
          </Text>
          <DiffView lines={lines} />
        </Stack>
      ))}
    </Stack>
  )
}
