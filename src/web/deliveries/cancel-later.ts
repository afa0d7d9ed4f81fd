import type { Delivery } from '../../contract/delivery.ts'
import { change, client, refresh } from '../api/client.ts'
import { heldBack } from '../api/held-back.ts'
import { noteDelivery } from '../api/note-deliveries.ts'
import { showRefusal } from '../parts/show-refusal.tsx'
import { showUndo } from '../parts/show-undo.tsx'
import type { Words } from '../text/words.ts'

/** So long the way back is offered; what would be sent before that is cancelled without one. */
const offerMs = 15_000

export function canBeUndone({ next_attempt_at: due }: Delivery): boolean {
  return due === null || Date.parse(due) - Date.now() > offerMs
}

/** Cancels when the way back is offered no more, at the latest when the page is hidden or closed. */
export function cancelLater(delivery: Delivery, text: Words, onSettled: () => void): void {
  const { id } = delivery
  heldBack.hold(id, () => cancelNow(delivery, text).finally(onSettled))
  showUndo({
    id: `cancel-${id}`,
    message: text.delivery.isCancelled,
    text,
    onUndo: () => {
      heldBack.drop(id)
      onSettled()
    },
    onClosed: () => void heldBack.send(id),
  })
}

export async function cancelNow({ id }: Delivery, text: Words): Promise<void> {
  try {
    noteDelivery(await change(() => client.deliveries.cancel(id)))
  } catch (error) {
    showRefusal({ error, text, title: text.delivery.notCancelled, onInsist: undefined })
  }
  await refresh(['delivery', id], ['deliveries'])
}
