import { Problem, type Mistake } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { lockReceivers, nextReceiversVersion } from './receivers-version-store.ts'
import { archiveSecret, selectSecret, type SecretRole, type SecretRow } from './secret-store.ts'

/**
 * Wipes the value. Refused while webhooks or automations use it, with their list, unless `force` says that this is meant:
 * their deliveries then fail with the reason until a secret of that name is made again. Takes the role admin.
 */
export async function deleteSecret(
  context: Context,
  teamRef: string,
  name: string,
  { force }: { force: boolean },
): Promise<void> {
  const entity = await getEntity(context, teamRef, 'admin', 'Deleting a secret')
  await context.db.tx(async (tx) => {
    await lockReceivers(tx, entity.id)
    const secret = await selectSecret(tx, entity.id, name)
    if (secret === undefined) throw notFound('secret', name)
    const users = describeUsers(secret)
    if (users.length > 0 && !force)
      throw new Problem(
        'in-use',
        `The secret ${name} is in use. Deleting it makes these fail; repeat with ?force=true to do it all the same.`,
        users,
      )
    await archiveSecret(tx, secret.id, await nextReceiversVersion(tx, entity.id))
    recordAudit(tx, context.actor, {
      action: 'secret.delete',
      subject: spellId('secret', secret.id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { name, users: users.length },
    })
  })
}

function describeUsers({ webhooks, automations }: SecretRow): Mistake[] {
  return [
    ...webhooks.map(({ id, name, roles }) => ({
      detail: `The webhook “${name}” (${spellId('webhook', id)}) uses it as ${roles.map((role) => describeRole[role]).join(' and ')}.`,
    })),
    ...automations.map(({ id, name }) => ({
      detail: `The automation “${name}” (${spellId('automation', id)}) puts it into its payload.`,
    })),
  ]
}

const describeRole: Record<SecretRole, string> = {
  access_token: 'access token',
  secret: 'signing secret',
  granted: 'granted secret',
}
