import { useState } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { SigningSecretDialog, WarningsDialog } from './signing-secret.tsx'
import type { SavedWebhook } from './use-save.ts'
import { WebhookForm } from './webhook-form.tsx'

/** The form and, once it is saved, what is told about that. */
export function EditWebhook({
  team,
  webhook,
  onSaved,
  onClose,
}: {
  readonly team: string
  readonly webhook: Webhook | undefined
  readonly onSaved?: (webhook: SavedWebhook) => void
  readonly onClose: () => void
}) {
  const [saved, setSaved] = useState<SavedWebhook>()
  if (saved === undefined)
    return (
      <WebhookForm
        team={team}
        webhook={webhook}
        onSaved={(answer) => {
          onSaved?.(answer)
          if (answer.signing_secret === undefined && answer.warnings.length === 0) onClose()
          else setSaved(answer)
        }}
        onClose={onClose}
      />
    )
  const { signing_secret, warnings } = saved
  return signing_secret === undefined ? (
    <WarningsDialog warnings={warnings} onClose={onClose} />
  ) : (
    <SigningSecretDialog secret={signing_secret} warnings={warnings} onClose={onClose} />
  )
}
