import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import { NewSecret, Secret, SecretReplacement } from '../../contract/secret.ts'
import { createSecret } from '../secrets/create-secret.ts'
import { deleteSecret } from '../secrets/delete-secret.ts'
import { listSecrets } from '../secrets/list-secrets.ts'
import { replaceSecret } from '../secrets/replace-secret.ts'
import type { App } from './app.ts'
import { ForceQuery } from './force-query.ts'
import type { House } from './house.ts'

const InTeam = z.strictObject({
  team: z.string().describe('`team_…`, `ent_…`, or the name of a team, person or organization.'),
})
const Named = InTeam.extend({ name: z.string() })

export function secretRoutes(app: App, house: House): void {
  app.post(
    '/teams/:team/secrets',
    {
      schema: {
        operationId: 'createSecret',
        summary: 'Keep a secret',
        tags: ['secrets'],
        params: InTeam,
        body: NewSecret,
        response: { 201: Secret },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createSecret(house.keyring, request.context, request.params.team, request.body)),
  )

  app.get(
    '/teams/:team/secrets',
    {
      schema: {
        operationId: 'listSecrets',
        summary: 'Secrets of a team and what uses them, newest first; never their values',
        tags: ['secrets'],
        params: InTeam,
        querystring: PageQuery,
        response: { 200: pageOf(Secret) },
      },
    },
    async (request) => listSecrets(request.context, request.params.team, request.query),
  )

  app.put(
    '/teams/:team/secrets/:name',
    {
      schema: {
        operationId: 'replaceSecret',
        summary: 'Replace the value of a secret; effective at once',
        tags: ['secrets'],
        params: Named,
        body: SecretReplacement,
        response: { 200: Secret },
      },
    },
    async (request) =>
      replaceSecret(house.keyring, request.context, request.params.team, request.params.name, request.body),
  )

  app.delete(
    '/teams/:team/secrets/:name',
    {
      schema: {
        operationId: 'deleteSecret',
        summary: 'Delete a secret and wipe its value',
        tags: ['secrets'],
        params: Named,
        querystring: ForceQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteSecret(request.context, request.params.team, request.params.name, request.query)
      return reply.code(204).send(null)
    },
  )
}
