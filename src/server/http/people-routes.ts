import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import {
  ApiKeys,
  AuditEntry,
  CreatedApiKey,
  Me,
  NewApiKey,
  NewPerson,
  NewServiceAccount,
  NewTeam,
  People,
  Person,
  RoleChange,
  Team,
  Teams,
} from '../../contract/who.ts'
import type { Context } from '../access/context.ts'
import { notFound, type Role } from '../access/roles.ts'
import { createTeam, listTeams } from '../people/create-team.ts'
import { getMe } from '../people/get-me.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '../people/manage-api-keys.ts'
import { addPerson, addServiceAccount, changeMember, listMembers, type MemberPlace } from '../people/manage-people.ts'
import { getEntity, getOrganization } from '../places/find-place.ts'
import { readAudit } from '../places/read-audit.ts'
import type { App } from './app.ts'

const InOrganization = z.strictObject({ organization: z.string() })
const InTeam = z.strictObject({ team: z.string() })

export function peopleRoutes(app: App): void {
  app.get(
    '/me',
    {
      schema: {
        operationId: 'getMe',
        summary: 'Who asks, and where they belong',
        tags: ['people'],
        response: { 200: Me },
      },
    },
    async (request) => getMe(request.context),
  )

  app.post(
    '/api-keys',
    {
      schema: {
        operationId: 'createApiKey',
        summary: 'Make an API key; it is shown this once',
        tags: ['people'],
        body: NewApiKey,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => reply.code(201).send(await createApiKey(request.context, request.body)),
  )
  app.get(
    '/api-keys',
    { schema: { operationId: 'listApiKeys', summary: 'Your API keys', tags: ['people'], response: { 200: ApiKeys } } },
    async (request) => listApiKeys(request.context),
  )
  app.delete(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key at once',
        tags: ['people'],
        params: z.strictObject({ id: z.string() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeApiKey(request.context, request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/organizations/:organization/teams',
    {
      schema: {
        operationId: 'createTeam',
        summary: 'Make a team',
        tags: ['people'],
        params: InOrganization,
        body: NewTeam,
        response: { 201: Team },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createTeam(request.context, request.params.organization, request.body)),
  )
  app.get(
    '/organizations/:organization/teams',
    {
      schema: {
        operationId: 'listTeams',
        summary: 'Teams you belong to',
        tags: ['people'],
        params: InOrganization,
        response: { 200: Teams },
      },
    },
    async (request) => listTeams(request.context, request.params.organization),
  )
  app.post(
    '/organizations/:organization/people',
    {
      schema: {
        operationId: 'createPerson',
        summary: 'Add a person to an organization',
        tags: ['people'],
        params: InOrganization,
        body: NewPerson,
        response: { 201: Person },
      },
    },
    async (request, reply) => {
      const place = await organizationPlace(request.context, request.params.organization, 'admin', 'Adding a person')
      return reply.code(201).send(await addPerson(request.context, place, request.body))
    },
  )
  app.post(
    '/teams/:team/service-accounts',
    {
      schema: {
        operationId: 'createServiceAccount',
        summary: 'Add a service account to a team',
        tags: ['people'],
        params: InTeam,
        body: NewServiceAccount,
        response: { 201: Person },
      },
    },
    async (request, reply) => {
      const place = await teamPlace(request.context, request.params.team, 'admin', 'Adding a service account')
      return reply.code(201).send(await addServiceAccount(request.context, place, request.body))
    },
  )

  memberRoutes(app, 'organization')
  memberRoutes(app, 'team')

  app.get(
    '/teams/:team/audit',
    {
      schema: {
        operationId: 'listAudit',
        summary: "What was done to a team's or organization's things, newest first",
        tags: ['people'],
        params: InTeam,
        querystring: PageQuery,
        response: { 200: pageOf(AuditEntry) },
      },
    },
    async (request) => readAudit(request.context, request.params.team, request.query),
  )
}

/** The same three routes for the members of an organization and of a team. */
function memberRoutes(app: App, of: 'organization' | 'team'): void {
  const find = of === 'organization' ? organizationPlace : teamPlace
  const Noun = of === 'organization' ? 'Organization' : 'Team'
  const place = z.strictObject({ place: z.string().describe(`The ${of}, by name or id.`) })
  const member = place.extend({ person: z.string().describe('`usr_…` or a name.') })

  app.get(
    `/${of}s/:place/members`,
    {
      schema: {
        operationId: `list${Noun}Members`,
        summary: `Members of the ${of}`,
        tags: ['people'],
        params: place,
        response: { 200: People },
      },
    },
    async (request) =>
      listMembers(request.context, await find(request.context, request.params.place, 'viewer', 'Reading members')),
  )
  app.put(
    `/${of}s/:place/members/:person`,
    {
      schema: {
        operationId: `set${Noun}Member`,
        summary: `Give a person a role in the ${of}`,
        tags: ['people'],
        params: member,
        body: RoleChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const found = await find(request.context, request.params.place, 'admin', 'Changing roles')
      await changeMember(request.context, found, request.params.person, request.body.role)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    `/${of}s/:place/members/:person`,
    {
      schema: {
        operationId: `remove${Noun}Member`,
        summary: `Take a person out of the ${of}`,
        tags: ['people'],
        params: member,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const found = await find(request.context, request.params.place, 'admin', 'Removing members')
      await changeMember(request.context, found, request.params.person, undefined)
      return reply.code(204).send(null)
    },
  )
}

async function organizationPlace(context: Context, ref: string, least: Role, toDo: string): Promise<MemberPlace> {
  const { id, name, organizationId } = await getOrganization(context, ref, least, toDo)
  return { of: 'organization', id: organizationId, name, entityId: id, organizationId }
}

async function teamPlace(context: Context, ref: string, least: Role, toDo: string): Promise<MemberPlace> {
  const { id, kind, name, organizationId } = await getEntity(context, ref, least, toDo)
  if (kind !== 'team') throw notFound('team', ref)
  return { of: 'team', id, name, entityId: id, organizationId }
}
