import type { NewSecret, Secret } from '../../contract/secret.ts'
import type { Context } from '../access/context.ts'
import { refuseTakenName } from '../access/refuse-taken-name.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import type { Keyring } from './keyring.ts'
import { presentSecret } from './present-secret.ts'
import { nextReceiversVersion } from './receivers-version-store.ts'
import { insertSecret, selectSecret } from './secret-store.ts'
import { sealSecret } from './seal-secret.ts'

/** Keeps a new value for a team. Takes the role admin. A name that was deleted before is free, and heals what refers to it. */
export async function createSecret(
  keyring: Keyring,
  context: Context,
  teamRef: string,
  { name, value }: NewSecret,
): Promise<Secret> {
  const entity = await getEntity(context, teamRef, 'admin', 'Creating a secret')
  const sealed = sealSecret(keyring, entity.id, name, value)
  return refuseTakenName(name, () =>
    context.db.tx(async (tx) => {
      const version = await nextReceiversVersion(tx, entity.id)
      const id = await insertSecret(tx, { entityId: entity.id, name, value: sealed, version })
      recordAudit(tx, context.actor, {
        action: 'secret.create',
        subject: spellId('secret', id),
        organizationId: entity.organizationId,
        entityId: entity.id,
        details: { name },
      })
      return presentSecret((await selectSecret(tx, entity.id, name))!)
    }),
  )
}
