import { useQuery } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { change, client, refresh } from '../api/client.ts'
import { leaving } from '../api/leaving.ts'
import { Confirm } from '../parts/confirm.tsx'
import { showRefusal } from '../parts/show-refusal.tsx'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import type { Words } from '../text/words.ts'

/** Says how many deliveries go on without it. */
export function DeleteAutomation({
  automation,
  onDeleted,
  onClose,
}: {
  readonly automation: Automation
  readonly onDeleted?: (() => void) | undefined
  readonly onClose: () => void
}) {
  const text = useText()
  const { id, name } = automation
  const stats = useQuery({ queryKey: ['stats', { automation: id }], queryFn: () => client.stats({ automation: id }) })
  const goesOn =
    stats.data === undefined
      ? text.automations.deliveriesGoOn
      : text.automations.goOn(stats.data.waiting + stats.data.held + stats.data.sending)
  return (
    <Confirm
      title={text.automations.deleteTitle(name)}
      body={`${text.automations.stops} ${goesOn} ${text.automations.deleteBody}`}
      verb={text.automations.delete}
      error={null}
      busy={false}
      onConfirm={() => {
        onClose()
        onDeleted?.()
        void deleteAtOnce(automation, text)
      }}
      onClose={onClose}
    />
  )
}

/** It leaves the lists before it is deleted, and comes back with the refusal when it is not. */
async function deleteAtOnce({ id, name }: Automation, text: Words): Promise<void> {
  leaving.add(id)
  try {
    await change(() => client.automations.delete(id))
    showUndo({
      id: `delete-${id}`,
      message: text.automations.isDeleted(name),
      text,
      of: 'deletion',
      onUndo: () => void bringBack(id, text),
    })
  } catch (error) {
    leaving.remove(id)
    showRefusal({ error, text, title: text.common.notDeleted(name) })
  }
  await refresh(['automations'])
}

async function bringBack(id: string, text: Words): Promise<void> {
  try {
    await change(() => client.automations.restore(id))
    leaving.remove(id)
  } catch (error) {
    showRefusal({ error, text })
  }
  await refresh(['automations'], ['automation', id])
}
