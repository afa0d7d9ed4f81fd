import type { Secret, SecretReplacement } from '../../contract/secret.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import type { Keyring } from './keyring.ts'
import { presentSecret } from './present-secret.ts'
import { lockReceivers, nextReceiversVersion } from './receivers-version-store.ts'
import { selectSecret, updateSecretValue } from './secret-store.ts'
import { sealSecret } from './seal-secret.ts'

/** Writes a new value; attempts claimed from now on take it. Takes the role admin. */
export async function replaceSecret(
  keyring: Keyring,
  context: Context,
  teamRef: string,
  name: string,
  { value }: SecretReplacement,
): Promise<Secret> {
  const entity = await getEntity(context, teamRef, 'admin', 'Replacing a secret')
  const sealed = sealSecret(keyring, entity.id, name, value)
  return context.db.tx(async (tx) => {
    await lockReceivers(tx, entity.id)
    const secret = await selectSecret(tx, entity.id, name)
    if (secret === undefined) throw notFound('secret', name)
    await nextReceiversVersion(tx, entity.id)
    await updateSecretValue(tx, secret.id, sealed)
    recordAudit(tx, context.actor, {
      action: 'secret.replace',
      subject: spellId('secret', secret.id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { name },
    })
    return presentSecret((await selectSecret(tx, entity.id, name))!)
  })
}
