import { Text } from '@mantine/core'
import { useText } from '../parts/use-text.ts'

/** To restricted viewers, in the place of what is not for them. */
export function ForViewers() {
  const text = useText()
  return (
    <Text size="sm" c="dimmed">
      {text.registry.forViewers}
    </Text>
  )
}
