import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Words } from '../text/words.ts'

const undoMs = 8_000

/** Says what was done at once, and offers the way back for a while. */
export function showUndo({
  id,
  message,
  text,
  onUndo,
}: {
  readonly id: string
  readonly message: string
  readonly text: Words
  readonly onUndo: () => void
}): void {
  notifications.show({
    id,
    color: 'idle',
    autoClose: undoMs,
    closeButtonProps: { 'aria-label': text.common.close },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          {text.common.undo}
        </Button>
      </Group>
    ),
  })
}
