import type { Context } from '../access/context.ts'
import { notFound, type Role } from '../access/roles.ts'
import type { EntityId, OrganizationId } from '../base/ids.ts'
import { getEntity, getOrganization } from '../places/find-place.ts'
import type { MemberTable } from './member-store.ts'

/** An organization or a team, named by id or name. */
export type MemberPlaceRef = { readonly organization: string } | { readonly team: string }

/** A place that people belong to. */
export interface MemberPlace {
  readonly of: MemberTable
  /** The organization's id, or the team's entity. */
  readonly id: number
  readonly name: string
  readonly entityId: EntityId
  readonly organizationId: OrganizationId
}

export async function getMemberPlace(
  context: Context,
  ref: MemberPlaceRef,
  least: Role,
  toDo: string,
): Promise<MemberPlace> {
  if ('organization' in ref) {
    const { id, name, organizationId } = await getOrganization(context, ref.organization, least, toDo)
    return { of: 'organization', id: organizationId, name, entityId: id, organizationId }
  }
  const { id, kind, name, organizationId } = await getEntity(context, ref.team, least, toDo)
  if (kind !== 'team' || organizationId === null) throw notFound('team', ref.team)
  return { of: 'team', id, name, entityId: id, organizationId }
}
