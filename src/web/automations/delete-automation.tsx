import { useMutation, useQuery } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'

/** Says how many deliveries go on without it. */
export function DeleteAutomation({
  automation: { id, name },
  onDeleted,
  onClose,
}: {
  readonly automation: Automation
  readonly onDeleted?: (() => void) | undefined
  readonly onClose: () => void
}) {
  const text = useText()
  const stats = useQuery({ queryKey: ['stats', { automation: id }], queryFn: () => client.stats({ automation: id }) })
  const remove = useMutation({
    mutationFn: () => client.automations.delete(id),
    onSuccess: async () => {
      onClose()
      onDeleted?.()
      await queries.invalidateQueries({ queryKey: ['automations'] })
    },
  })
  const goesOn =
    stats.data === undefined
      ? text.automations.deliveriesGoOn
      : text.automations.goOn(stats.data.waiting + stats.data.held + stats.data.sending)
  return (
    <Confirm
      title={text.automations.deleteTitle(name)}
      body={`${text.automations.stops} ${goesOn} ${text.automations.deleteBody}`}
      verb={text.automations.delete}
      error={remove.error}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
