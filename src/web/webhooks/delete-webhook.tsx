import { useQuery } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { deleteLater } from '../parts/delete-later.ts'
import { useText } from '../parts/use-text.ts'

/** Names the automations that use it; those one may not see are told by the refusal. */
export function DeleteWebhook({
  webhook: { id, name },
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
    queryKey: ['automations', 'of-webhook', id],
    queryFn: async () => (await client.automations.list({ webhook: id, limit: 100 })).items,
  })
  const names = users.data?.map((automation) => automation.name) ?? []
  return (
    <Confirm
      title={text.webhooks.deleteTitle(name)}
      body={[names.length === 0 ? '' : text.webhooks.deleteUsers(names), text.webhooks.deleteBody].join(' ').trim()}
      verb={text.webhooks.delete}
      error={users.error}
      busy={users.isPending}
      onConfirm={() => {
        onClose()
        onDeleted?.()
        deleteLater({
          id,
          name,
          message: text.webhooks.leaves(name),
          text,
          send: (force) => client.webhooks.delete(id, { force }),
          force: names.length > 0,
          stale: [['webhooks', team], ['secrets', team], ['automations']],
        })
      }}
      onClose={onClose}
    />
  )
}
