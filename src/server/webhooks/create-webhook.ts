import { Problem, type Mistake } from '../../contract/problem.ts'
import type { CreatedWebhook, NewWebhook } from '../../contract/webhook.ts'
import { actorIdOf, type Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { makeSigningSecret } from '../outbound/sign-request.ts'
import { getEntity } from '../places/find-place.ts'
import { nextReceiversVersion } from '../secrets/receivers-version-store.ts'
import { signingSecretBinding } from '../secrets/secret-binding.ts'
import { selectSecretNames } from '../secrets/secret-store.ts'
import { checkSettings } from './check-settings.ts'
import { presentWebhook } from './present-webhook.ts'
import { insertSigningSecret } from './signing-secret-store.ts'
import { originOf } from './webhook.ts'
import type { WebhookParts } from './webhook-parts.ts'
import { insertWebhook, selectWebhook } from './webhook-store.ts'

/** A receiver with its lane and a signing secret of our making, which is shown this once. Takes the role admin. */
export async function createWebhook(
  parts: WebhookParts,
  context: Context,
  teamRef: string,
  input: NewWebhook,
): Promise<CreatedWebhook> {
  const entity = await getEntity(context, teamRef, 'admin', 'Creating a webhook')
  const verdict = await parts.checkUrl(input.url)
  const signingSecret = makeSigningSecret()
  return refuseTakenName(input.name, () =>
    context.db.tx(async (tx) => {
      const version = await nextReceiversVersion(tx, entity.id)
      const secretNames = new Set(await selectSecretNames(tx, entity.id))
      refuseMistakes([
        ...verdict.mistakes.map((detail) => ({ pointer: '#/url', detail })),
        ...checkSettings(input, secretNames, parts.allowUnverifiedTls),
      ])
      const id = await insertWebhook(tx, {
        entityId: entity.id,
        settings: input,
        createdBy: actorIdOf(context.actor),
        version,
      })
      await insertSigningSecret(tx, id, parts.keyring.seal(Buffer.from(signingSecret), signingSecretBinding(id)))
      recordAudit(tx, context.actor, {
        action: 'webhook.create',
        subject: spellId('webhook', id),
        organizationId: entity.organizationId,
        entityId: entity.id,
        details: { name: input.name, url: originOf(input.url) },
      })
      const webhook = await selectWebhook(tx, id)
      return { ...presentWebhook(context.actor, webhook!, verdict.warnings), signing_secret: signingSecret }
    }),
  )
}

export function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return
  throw new Problem(
    'request-invalid',
    mistakes.length === 1
      ? 'There is one mistake in the webhook.'
      : `There are ${mistakes.length} mistakes in the webhook.`,
    mistakes,
  )
}
