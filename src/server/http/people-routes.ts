import * as z from 'zod'
import { PageQuery } from '../../contract/page.ts'
import {
  ApiKeyQuery,
  ApiKeys,
  CreatedApiKey,
  Me,
  NewApiKey,
  NewPerson,
  NewServiceAccount,
  NewTeam,
  Organization,
  PasswordChange,
  Person,
  Team,
  Teams,
} from '../../contract/who.ts'
import { createPerson, createServiceAccount } from '../people/create-person.ts'
import { createTeam } from '../people/create-team.ts'
import { getMe } from '../people/get-me.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '../people/manage-api-keys.ts'
import { listTeams, readOrganization, readTeam } from '../people/read-teams.ts'
import { setPassword } from '../people/set-password.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const InOrganization = z.strictObject({ organization: z.string().describe('`org_…` or a name.') })
const InTeam = z.strictObject({ team: z.string().describe('`team_…` or a name.') })
const tags = ['people']

export function peopleRoutes(app: App, house: House): void {
  app.get(
    '/me',
    {
      schema: {
        operationId: 'getMe',
        summary: 'Who asks, and where they belong',
        tags,
        response: { 200: Me },
      },
    },
    async (request) => getMe(request.context),
  )

  app.put(
    '/people/:person/password',
    {
      schema: {
        operationId: 'setPassword',
        summary:
          'Set your password, or that of a person whose every organization you administer: sessions end, API keys stay in force',
        tags,
        params: z.strictObject({ person: z.string().describe('`usr_…` or a name.') }),
        body: PasswordChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await setPassword(house.signInGate, request.context, request.params.person, request.body)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api-keys',
    {
      schema: {
        operationId: 'createApiKey',
        summary: 'Make an API key; it is shown this once',
        tags,
        body: NewApiKey,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => reply.code(201).send(await createApiKey(request.context, request.body)),
  )

  app.get(
    '/api-keys',
    {
      schema: {
        operationId: 'listApiKeys',
        summary: 'Your API keys, or those of a service account you administer, newest first',
        tags,
        querystring: ApiKeyQuery,
        response: { 200: ApiKeys },
      },
    },
    async (request) => listApiKeys(request.context, request.query),
  )

  app.delete(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key at once',
        tags,
        params: z.strictObject({ id: z.string().describe('`key_…`') }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeApiKey(request.context, request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/organizations/:organization',
    {
      schema: {
        operationId: 'getOrganization',
        summary: 'One organization',
        tags,
        params: InOrganization,
        response: { 200: Organization },
      },
    },
    async (request) => readOrganization(request.context, request.params.organization),
  )

  app.post(
    '/organizations/:organization/teams',
    {
      schema: {
        operationId: 'createTeam',
        summary: 'Make a team',
        tags,
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
        summary: 'Teams you belong to, newest first; all of them for admins',
        tags,
        params: InOrganization,
        querystring: PageQuery,
        response: { 200: Teams },
      },
    },
    async (request) => listTeams(request.context, request.params.organization, request.query),
  )

  app.get(
    '/teams/:team',
    {
      schema: { operationId: 'getTeam', summary: 'One team', tags, params: InTeam, response: { 200: Team } },
    },
    async (request) => readTeam(request.context, request.params.team),
  )

  app.post(
    '/organizations/:organization/people',
    {
      schema: {
        operationId: 'createPerson',
        summary: 'Add a person to an organization',
        tags,
        params: InOrganization,
        body: NewPerson,
        response: { 201: Person },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createPerson(request.context, request.params.organization, request.body)),
  )

  app.post(
    '/organizations/:organization/service-accounts',
    {
      schema: {
        operationId: 'createOrganizationServiceAccount',
        summary: 'Add a service account to an organization',
        tags,
        params: InOrganization,
        body: NewServiceAccount,
        response: { 201: Person },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createServiceAccount(request.context, request.params, request.body)),
  )

  app.post(
    '/teams/:team/service-accounts',
    {
      schema: {
        operationId: 'createServiceAccount',
        summary: 'Add a service account to a team',
        tags,
        params: InTeam,
        body: NewServiceAccount,
        response: { 201: Person },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createServiceAccount(request.context, request.params, request.body)),
  )
}
