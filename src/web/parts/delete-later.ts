import { notifications } from '@mantine/notifications'
import { change, refresh } from '../api/client.ts'
import { heldBack } from '../api/held-back.ts'
import { leaving } from '../api/leaving.ts'
import type { Words } from '../text/words.ts'
import { isInUse } from './problem-text.ts'
import { showRefusal } from './show-refusal.tsx'
import { showUndo } from './show-undo.tsx'

interface Deletion {
  readonly id: string
  readonly name: string
  /** Says that it goes. */
  readonly message: string
  readonly text: Words
  readonly send: (force: boolean) => Promise<unknown>
  /** Whether somebody was told what uses it, and means it. */
  readonly force: boolean
  readonly stale: readonly (readonly unknown[])[]
}

/**
 * For what cannot be brought back: it leaves the lists at once, and is deleted when the way back is offered no more, at
 * the latest when the page is hidden or closed. What is refused comes back, and the refusal is told.
 */
export function deleteLater(deletion: Deletion): void {
  const { id, message, text } = deletion
  const toast = `delete-${id}`
  leaving.add(id)
  heldBack.hold(id, async () => {
    notifications.hide(toast)
    await send(deletion)
  })
  showUndo({
    id: toast,
    message,
    text,
    of: 'deletion',
    onUndo: () => {
      heldBack.drop(id)
      leaving.remove(id)
    },
    onClosed: () => void heldBack.send(id),
  })
}

async function send(deletion: Deletion): Promise<void> {
  const { id, name, text, force, stale } = deletion
  try {
    await change(() => deletion.send(force))
  } catch (error) {
    leaving.remove(id)
    const insist = (): void => {
      leaving.add(id)
      void send({ ...deletion, force: true })
    }
    showRefusal({ error, text, title: text.common.notDeleted(name), onInsist: isInUse(error) ? insist : undefined })
  }
  await refresh(...stale)
}
