import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { client, refresh } from '../api/client.ts'
import { heldBack } from '../api/held-back.ts'
import { isInUse, isRevisionChanged } from '../parts/problem-text.ts'
import { changesOf, settingsOf, type WebhookDraft } from './draft.ts'

/** With a signing secret when it is new. */
export type SavedWebhook = Webhook & { readonly signing_secret?: string }

interface Order {
  readonly force: boolean
  /** What the change is made on. */
  readonly on: Webhook | undefined
}

/** Makes a webhook of a draft, or changes the one it began with, unless somebody else did meanwhile. */
export function useSave({
  team,
  from,
  draft,
  onSaved,
  onChangedMeanwhile,
}: {
  readonly team: string
  readonly from: Webhook | undefined
  readonly draft: WebhookDraft
  readonly onSaved: (saved: SavedWebhook) => void
  readonly onChangedMeanwhile: () => void
}) {
  const [theirs, setTheirs] = useState<Webhook>()
  const saving = useMutation({
    mutationFn: async ({ force, on }: Order): Promise<SavedWebhook> => {
      // The name may be that of one which is leaving.
      await heldBack.sendAll()
      return from === undefined || on === undefined
        ? client.webhooks.create(team, settingsOf(draft))
        : client.webhooks.update(on.id, { revision: on.revision, ...changesOf(from, draft) }, { force })
    },
    onSuccess: async (saved) => {
      onSaved(saved)
      await refresh(['webhooks', team], ['secrets', team])
    },
    onError: async (error, { on }) => {
      if (!isRevisionChanged(error) || on === undefined) return
      setTheirs(await client.webhooks.get(on.id))
      onChangedMeanwhile()
      await refresh(['webhooks', team])
    },
  })
  const isUsed = isInUse(saving.error)
  return {
    isPending: saving.isPending,
    isUsed,
    // The two changes are compared instead.
    error: theirs !== undefined && isRevisionChanged(saving.error) ? null : saving.error,
    theirs,
    save: () => saving.mutate({ force: isUsed, on: from }),
    /** Over what they changed. */
    keepMine: () => saving.mutate({ force: isUsed, on: theirs }),
    forgetError: saving.reset,
  }
}
