import { Stack, Text } from '@mantine/core'
import { DiffView } from '../parts/diff-view.tsx'
import { useText } from '../parts/use-text.ts'
import type { SettingChange } from './diff-settings.ts'

/** The difference of each setting that has one. */
export function SettingChanges({ changes }: { readonly changes: readonly SettingChange[] }) {
  const text = useText()
  return (
    <Stack gap="xs">
      {changes.length === 0 && <Text c="dimmed">{text.changes.same}</Text>}
      {changes.map(({ name, lines }) => (
        <Stack key={name} gap={4}>
          <Text size="xs" c="dimmed" fw={500}>
            {text.changes.headings[name]}
          </Text>
          <DiffView lines={lines} />
        </Stack>
      ))}
    </Stack>
  )
}
