import { useMutation, useQuery } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client, queries } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { isInUse } from '../parts/problem-text.ts'

/** Names the automations that use it; those one may not see are told by the refusal. */
export function DeleteWebhook({
  webhook,
  team,
  onDeleted,
  onClose,
}: {
  readonly webhook: Webhook
  readonly team: string
  readonly onDeleted?: (() => void) | undefined
  readonly onClose: () => void
}) {
  const text = useText()
  const users = useQuery({
    queryKey: ['automations', 'of-webhook', webhook.id],
    queryFn: async () => (await client.automations.list({ webhook: webhook.id, limit: 100 })).items,
  })
  const names = users.data?.map(({ name }) => name) ?? []
  const removing = useMutation({
    mutationFn: (force: boolean) => client.webhooks.delete(webhook.id, { force }),
    onSuccess: async () => {
      onClose()
      onDeleted?.()
      for (const key of [['webhooks', team], ['secrets', team], ['automations']])
        await queries.invalidateQueries({ queryKey: key })
    },
  })
  const isUsed = isInUse(removing.error)
  return (
    <Confirm
      title={text.webhooks.deleteTitle(webhook.name)}
      body={[names.length === 0 ? '' : text.webhooks.deleteUsers(names), text.webhooks.deleteBody].join(' ').trim()}
      verb={isUsed ? text.webhooks.deleteAnyway : text.webhooks.delete}
      error={removing.error}
      busy={removing.isPending}
      onConfirm={() => removing.mutate(isUsed)}
      onClose={onClose}
    />
  )
}
