import { Problem } from '../../contract/problem.ts'
import type { RotatedSigningSecret, Rotation, SigningSecret } from '../../contract/webhook.ts'
import type { Context } from '../access/context.ts'
import { limits } from '../base/limits.ts'
import { makeSigningSecret } from '../outbound/sign-request.ts'
import { signingSecretBinding } from '../secrets/secret-binding.ts'
import { changeWebhook } from './change-webhook.ts'
import { findWebhook } from './get-webhook.ts'
import {
  expireSigningSecrets,
  insertSigningSecret,
  selectSigningSecrets,
  type SigningSecretRow,
} from './signing-secret-store.ts'
import type { WebhookParts } from './webhook-parts.ts'

/**
 * Makes a new signing secret, shown this once. The earlier ones sign too for `overlap_hours`, so that the receiver can
 * change over. Takes the role admin.
 */
export async function rotateSigningSecret(
  { keyring }: Pick<WebhookParts, 'keyring'>,
  context: Context,
  ref: string,
  { overlap_hours }: Rotation,
): Promise<RotatedSigningSecret> {
  const signingSecret = makeSigningSecret()
  const webhook = await changeWebhook(context, {
    ref,
    toDo: 'Replacing a signing secret',
    action: 'webhook.rotate_signing_secret',
    async change(tx, { id }, nextVersion) {
      await nextVersion()
      const now = context.clock.now()
      await expireSigningSecrets(tx, id, { at: new Date(now.getTime() + overlap_hours * 3600_000), now })
      const valid = await selectSigningSecrets(tx, id, now)
      if (valid.length >= limits.signingSecretsMax)
        throw new Problem('request-invalid', `${valid.length} signing secrets are valid, and no more may be.`, [
          { pointer: '#/overlap_hours', detail: 'Wait until one has expired, or end the earlier ones now with 0.' },
        ])
      await insertSigningSecret(tx, id, keyring.seal(Buffer.from(signingSecret), signingSecretBinding(id)))
      return { overlap_hours }
    },
  })
  const items = await selectSigningSecrets(context.db, webhook.id, context.clock.now())
  return { signing_secret: signingSecret, items: items.map(presentSigningSecret) }
}

/** When each valid one was made and how long it signs; never the secret. For everybody in the team. */
export async function listSigningSecrets(context: Context, ref: string): Promise<{ items: SigningSecret[] }> {
  const { id } = await findWebhook(context, ref, 'viewer', 'Reading a webhook')
  const items = await selectSigningSecrets(context.db, id, context.clock.now())
  return { items: items.map(presentSigningSecret) }
}

function presentSigningSecret({ created_at, expires_at }: SigningSecretRow): SigningSecret {
  return { created_at: created_at.toISOString(), expires_at: expires_at?.toISOString() ?? null }
}
