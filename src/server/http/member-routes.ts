import * as z from 'zod'
import { PageQuery } from '../../contract/page.ts'
import { People, RoleChange } from '../../contract/who.ts'
import { removeMember, setMember } from '../people/change-member.ts'
import { listMembers } from '../people/list-members.ts'
import type { MemberPlaceRef } from '../people/member-place.ts'
import type { App } from './app.ts'

/** The same three routes for the members of an organization and of a team. */
export function memberRoutes(app: App): void {
  routesOf(app, 'organization', (organization) => ({ organization }))
  routesOf(app, 'team', (team) => ({ team }))
}

function routesOf(app: App, of: 'organization' | 'team', refTo: (place: string) => MemberPlaceRef): void {
  const Noun = of === 'organization' ? 'Organization' : 'Team'
  const Place = z.strictObject({ place: z.string().describe(`The ${of}, by name or id.`) })
  const Member = Place.extend({ person: z.string().describe('`usr_…` or a name.') })
  const tags = ['people']

  app.get(
    `/${of}s/:place/members`,
    {
      schema: {
        operationId: `list${Noun}Members`,
        summary: `Members of the ${of}, newest people first`,
        tags,
        params: Place,
        querystring: PageQuery,
        response: { 200: People },
      },
    },
    async (request) => listMembers(request.context, refTo(request.params.place), request.query),
  )

  app.put(
    `/${of}s/:place/members/:person`,
    {
      schema: {
        operationId: `set${Noun}Member`,
        summary: `Give a person a role in the ${of}`,
        tags,
        params: Member,
        body: RoleChange,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { place, person } = request.params
      await setMember(request.context, refTo(place), person, request.body.role)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    `/${of}s/:place/members/:person`,
    {
      schema: {
        operationId: `remove${Noun}Member`,
        summary: `Take a person out of the ${of}${of === 'organization' ? ', its teams and its registries' : ''}`,
        tags,
        params: Member,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { place, person } = request.params
      await removeMember(request.context, refTo(place), person)
      return reply.code(204).send(null)
    },
  )
}
