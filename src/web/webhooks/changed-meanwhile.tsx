import { useQuery } from '@tanstack/react-query'
import type { ComponentProps } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { Editors, TwoChanges } from '../parts/two-changes.tsx'
import { useText } from '../parts/use-text.ts'
import { diffDraft, diffWebhooks } from './diff-webhooks.ts'
import type { WebhookDraft } from './draft.ts'

/** Two changed one webhook: both changes beside each other, before either is lost. */
export function ChangedMeanwhile({
  team,
  from,
  mine,
  theirs,
  ...ways
}: {
  readonly team: string
  readonly from: Webhook
  readonly mine: WebhookDraft
  readonly theirs: Webhook
} & Pick<ComponentProps<typeof TwoChanges>, 'keep' | 'busy' | 'error' | 'onKeep' | 'onTake' | 'onClose'>) {
  const text = useText()
  const own = diffDraft(from, mine, text)
  const others = diffWebhooks(from, theirs, text)
  const both = own.map(({ heading }) => heading).filter((name) => others.some(({ heading }) => heading === name))
  return (
    <TwoChanges
      editors={<WebhookEditors team={team} id={theirs.id} since={from.updated_at} />}
      both={new Intl.ListFormat(text.locale).format(both)}
      mine={own}
      theirs={others}
      {...ways}
    />
  )
}

function WebhookEditors({ team, id, since }: { readonly team: string; readonly id: string; readonly since: string }) {
  const text = useText()
  const found = useQuery({
    queryKey: ['audit', team, 'editors', id, since],
    queryFn: async () => {
      const { items } = await client.teams.audit(team, { subject: id, action: 'webhook.update', limit: 100 })
      return items.filter(({ at }) => at > since)
    },
  })
  const [last] = found.data ?? []
  if (last === undefined) return null
  return <Editors names={found.data?.map(({ actor }) => actor ?? text.product) ?? []} at={last.at} />
}
