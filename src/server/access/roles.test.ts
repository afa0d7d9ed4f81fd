import { expect, test } from 'vitest'
import { Problem } from '../../contract/problem.ts'
import type { Actor } from './context.ts'
import { entityRole, registryRole, requireRole, type Owner, type RegistryRole, type Role } from './roles.ts'

const organization: Owner = { id: 1, kind: 'organization', organizationId: 1 }
const team: Owner = { id: 2, kind: 'team', organizationId: 1 }
const own: Owner = { id: 9, kind: 'user', organizationId: null }
const other: Owner = { id: 8, kind: 'user', organizationId: null }

const actor = (roles: { organization?: Role | undefined; team?: Role | undefined }): Actor => ({
  kind: 'person',
  personId: 5,
  entityId: own.id,
  name: 'ada',
  isServiceAccount: false,
  organizations: new Map(roles.organization === undefined ? [] : [[1, roles.organization]]),
  teams: new Map(roles.team === undefined ? [] : [[team.id, roles.team]]),
})

const none = undefined
type Row = [Role | undefined, Role | undefined, Role | undefined, Role | undefined]

// organization, team → in the organization, in the team
test.each<Row>([
  [none, none, none, none],
  ['viewer', none, 'viewer', none],
  ['member', none, 'member', none],
  ['admin', none, 'admin', 'admin'],
  [none, 'viewer', none, 'viewer'],
  [none, 'member', none, 'member'],
  [none, 'admin', none, 'admin'],
  ['viewer', 'member', 'viewer', 'member'],
  ['member', 'viewer', 'member', 'viewer'],
  ['member', 'admin', 'member', 'admin'],
  ['admin', 'viewer', 'admin', 'admin'],
])('organization %s and team %s: %s in the organization, %s in the team', (inOrganization, inTeam, first, second) => {
  const who = actor({ organization: inOrganization, team: inTeam })
  expect([entityRole(who, organization), entityRole(who, team)]).toEqual([first, second])
})

test('a person is admin of their own account and nothing in that of another, whatever their roles', () => {
  for (const role of [none, 'viewer', 'member', 'admin'] as const) {
    const who = actor({ organization: role, team: role })
    expect([entityRole(who, own), entityRole(who, other)]).toEqual(['admin', none])
  }
})

test('the roles of one organization count for nothing in another', () => {
  const who = actor({ organization: 'admin', team: 'admin' })
  expect(entityRole(who, { id: 3, kind: 'organization', organizationId: 2 })).toBeUndefined()
  expect(entityRole(who, { id: 4, kind: 'team', organizationId: 2 })).toBeUndefined()
})

interface RegistryCase {
  readonly organization?: Role
  readonly ownGrant?: RegistryRole
  readonly teamGrant?: RegistryRole
  readonly open?: RegistryRole
  readonly restricted?: RegistryRole
}

test.each<RegistryCase>([
  {},
  { organization: 'viewer', open: 'restricted_viewer' },
  { organization: 'member', open: 'restricted_viewer' },
  { organization: 'admin', open: 'admin', restricted: 'admin' },
  { ownGrant: 'restricted_viewer', open: 'restricted_viewer', restricted: 'restricted_viewer' },
  { ownGrant: 'member', open: 'member', restricted: 'member' },
  { teamGrant: 'admin', open: 'admin', restricted: 'admin' },
  { organization: 'member', ownGrant: 'viewer', teamGrant: 'member', open: 'member', restricted: 'member' },
  { organization: 'member', ownGrant: 'member', teamGrant: 'viewer', open: 'member', restricted: 'member' },
  { organization: 'admin', ownGrant: 'restricted_viewer', open: 'admin', restricted: 'admin' },
])('in a registry the highest role counts: $organization, $ownGrant, $teamGrant', (given) => {
  const who = actor({ organization: given.organization, team: 'viewer' })
  const grants = new Map<number, RegistryRole>([[other.id, 'admin']])
  if (given.ownGrant !== undefined) grants.set(own.id, given.ownGrant)
  if (given.teamGrant !== undefined) grants.set(team.id, given.teamGrant)
  const role = (visibility: 'organization' | 'restricted') =>
    registryRole(who, { owner: organization, visibility, grants })
  expect([role('organization'), role('restricted')]).toEqual([given.open, given.restricted])
})

test('Signalbox itself may do everything', () => {
  const who: Actor = { kind: 'system' }
  expect([organization, team, own].map((owner) => entityRole(who, owner))).toEqual(['admin', 'admin', 'admin'])
  expect(registryRole(who, { owner: organization, visibility: 'restricted', grants: new Map() })).toBe('admin')
})

test('what one may not see is not found; what one sees and may not do is refused with the role that could', () => {
  const what = { noun: 'team', name: 'vision', toDo: 'Creating a secret', place: 'team vision' }
  const refusal = (role: RegistryRole | undefined) => {
    try {
      requireRole<RegistryRole>(role, 'admin', what)
    } catch (error) {
      if (error instanceof Problem) return [error.type, error.detail]
    }
    return undefined
  }
  expect(refusal(undefined)).toEqual(['not-found', 'There is no team “vision” that you may see.'])
  expect(refusal('restricted_viewer')).toEqual([
    'not-allowed',
    'Creating a secret takes the role admin in team vision; yours is restricted viewer.',
  ])
  expect(refusal('admin')).toBeUndefined()
})
