import { Me, SetUp, SetUpState } from '../../contract/who.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'
import { answerWithSession, requireOwnOrigin } from './session-routes.ts'

/** The first start: nobody is there yet who could sign in. */
export function setUpRoutes(app: App, house: House): void {
  const open = { tags: ['people'], security: [] }

  app.get(
    '/api/v1/setup',
    {
      schema: {
        operationId: 'getSetUpState',
        summary: 'Whether there is an organization yet',
        ...open,
        response: { 200: SetUpState },
      },
    },
    async () => ({ needed: await house.setUpGate.isNeeded() }),
  )

  app.post(
    '/api/v1/setup',
    {
      schema: {
        operationId: 'setUp',
        summary: 'Make the first organization, team and admin, by the code that the server printed; signs the admin in',
        ...open,
        body: SetUp,
        response: { 201: Me },
      },
    },
    async (request, reply) => {
      requireOwnOrigin(request)
      const token = await house.setUpGate.setUp(request.body, request.ip)
      reply.code(201)
      return answerWithSession(house, request, reply, token)
    },
  )
}
