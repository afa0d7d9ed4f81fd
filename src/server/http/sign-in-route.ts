import { CreatedApiKey, SignIn } from '../../contract/who.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

/** Asks for no key: it gives one. */
export function signInRoute(app: App, house: House): void {
  app.post(
    '/api/v1/sign-in',
    {
      schema: {
        operationId: 'signIn',
        summary: 'A new API key for a name and a password',
        tags: ['people'],
        security: [],
        body: SignIn,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => reply.code(201).send(await house.signInGate.signIn(request.body, request.ip)),
  )
}
