import { Problem } from '../../contract/problem.ts'
import type { VersionDetails } from '../../contract/registry.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { Tx } from '../database/database.ts'
import type { Changed } from './change-collection.ts'
import { findVersion, getOwnVersion, lockVersion, type FoundVersion } from './find-version.ts'
import type { Membership } from './membership-store.ts'
import { presentFound } from './present-version.ts'
import { placeOfVersion, recordHappenings, type Happening, type RegistryParts } from './record-happenings.ts'
import type { StoredArtifact } from './version-store.ts'

export interface VersionAct {
  readonly ref: string
  /** To start a refusal with: "Tagging a version". */
  readonly toDo: string
  /** For the audit trail, `version.update`. */
  readonly action: string
  /** Makes the change to the locked version. Answers what happened, or undefined when there was nothing to change. */
  readonly change: (
    tx: Tx,
    version: { readonly artifact: StoredArtifact; readonly memberships: readonly Membership[] },
    found: FoundVersion,
  ) => Promise<Changed | undefined>
}

/** Runs one change of a version's content, which concerns every place of it. Takes the role member where it was made. */
export async function changeVersion(
  parts: RegistryParts,
  context: Context,
  { ref, toDo, action, change }: VersionAct,
): Promise<void> {
  const found = await getOwnVersion(context, ref, toDo)
  if (found.artifact.state === 'pending')
    throw new Problem('request-invalid', 'The version is pending: commit it first.', [
      { pointer: '#/path/id', detail: 'A pending version stands in no collection yet.' },
    ])
  await context.db.tx(async (tx) => {
    const version = await lockVersion(tx, found.artifact.id)
    if (version === undefined) throw notFound('version', ref)
    const changed = await change(tx, version, found)
    if (changed === undefined) return
    await recordHappenings(parts, context, tx, changed.happenings)
    const { entity } = found.source.project
    recordAudit(tx, context.actor, {
      action,
      subject: spellId('artifact', found.artifact.id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { collection: found.source.name, ...changed.details },
    })
  })
}

/** The version as `ref` names it now. */
export async function showVersion(context: Context, ref: string): Promise<VersionDetails> {
  return presentFound(await findVersion(context, ref))
}

/** Every place of a version, for what concerns all of them. */
export function placesOf(memberships: readonly Membership[]): Happening['places'] {
  const [first, ...others] = memberships.map(placeOfVersion)
  return [first!, ...others]
}
