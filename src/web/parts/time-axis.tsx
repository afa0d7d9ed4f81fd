import { Group, Text } from '@mantine/core'
import { useText } from './use-text.ts'

/** Below a picture: where it begins, and that it ends now. Its text keeps its size at any width. */
export function TimeAxis({ from }: { readonly from: string }) {
  const text = useText()
  return (
    <Group justify="space-between" mt={4} aria-hidden>
      {[from, text.pictures.now].map((label) => (
        <Text key={label} c="dimmed" fz={11.5} lh="14px">
          {label}
        </Text>
      ))}
    </Group>
  )
}
