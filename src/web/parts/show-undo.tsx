import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Words } from '../text/words.ts'

/** What is deleted is offered back for longer. */
const offerMs = { change: 8_000, deletion: 10_000 } as const

/** What can be undone now, the last one last. */
let offers: readonly { readonly id: string; readonly undo: () => void }[] = []

/** Says what was done at once, and offers the way back for a while: longer while somebody is at it. */
export function showUndo({
  id,
  message,
  text,
  of = 'change',
  onUndo,
  onClosed,
}: {
  readonly id: string
  readonly message: string
  readonly text: Words
  readonly of?: keyof typeof offerMs
  readonly onUndo: () => void
  /** Undone or not. */
  readonly onClosed?: () => void
}): void {
  const undo = (): void => {
    onUndo()
    notifications.hide(id)
  }
  const toast = {
    id,
    role: 'status',
    color: 'idle',
    autoClose: offerMs[of],
    closeButtonProps: { 'aria-label': text.common.close },
    onFocusCapture: () => notifications.update({ ...toast, autoClose: false }),
    onBlurCapture: () => notifications.update(toast),
    onClose: () => {
      offers = offers.filter((offer) => offer.id !== id)
      onClosed?.()
    },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
        <Button size="compact-sm" variant="default" flex="none" onClick={undo}>
          {text.common.undo}
        </Button>
      </Group>
    ),
  }
  offers = [...offers.filter((offer) => offer.id !== id), { id, undo }]
  notifications.show(toast)
}

/** What can be done back, undefined when nothing can. */
export function lastOffer(): (() => void) | undefined {
  return offers.at(-1)?.undo
}
