import { NumberInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookLimits, type Webhook } from '../../contract/webhook.ts'
import { client, queries } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { SigningSecretDialog } from './signing-secret.tsx'

const overlapHoursDefault = 24

/** Asks how long both secrets sign, then shows the new one this once. */
export function RotateSecret({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const text = useText()
  const [hours, setHours] = useState<number | string>(overlapHoursDefault)
  const rotating = useMutation({
    mutationFn: () =>
      client.webhooks.rotateSigningSecret(webhook.id, {
        overlap_hours: hours === '' ? overlapHoursDefault : Number(hours),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhook', webhook.id, 'signing-secrets'] }),
  })
  if (rotating.data !== undefined)
    return <SigningSecretDialog secret={rotating.data.signing_secret} onClose={onClose} />
  return (
    <FormDialog
      title={text.webhooks.rotateTitle(webhook.name)}
      verb={text.webhooks.rotate}
      busy={rotating.isPending}
      error={rotating.error}
      onSubmit={() => rotating.mutate()}
      onClose={onClose}
    >
      <NumberInput
        label={text.webhooks.overlap}
        description={text.webhooks.rotateHelp}
        value={hours}
        min={0}
        max={webhookLimits.overlapHoursMax}
        hideControls
        onChange={setHours}
        data-autofocus
      />
    </FormDialog>
  )
}
