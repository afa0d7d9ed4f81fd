import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import {
  CreatedWebhook,
  NewWebhook,
  RotatedSigningSecret,
  Rotation,
  SigningSecrets,
  Webhook,
  WebhookChange,
} from '../../contract/webhook.ts'
import { WebhookScript } from '../../contract/webhook-test.ts'
import { createWebhook } from '../webhooks/create-webhook.ts'
import { deleteWebhook } from '../webhooks/delete-webhook.ts'
import { getWebhook, getWebhookScript, listWebhooks } from '../webhooks/get-webhook.ts'
import { enableWebhook, pauseWebhook, resumeWebhook } from '../webhooks/pause-webhook.ts'
import { listSigningSecrets, rotateSigningSecret } from '../webhooks/rotate-signing-secret.ts'
import { updateWebhook } from '../webhooks/update-webhook.ts'
import type { App } from './app.ts'
import { ForceQuery } from './force-query.ts'
import type { House } from './house.ts'

const InTeam = z.strictObject({
  team: z.string().describe('`team_…`, `ent_…`, or the name of a team, person or organization.'),
})
const ById = z.strictObject({ id: z.string().describe('`whk_…`') })

export function webhookRoutes(app: App, house: House): void {
  app.post(
    '/teams/:team/webhooks',
    {
      schema: {
        operationId: 'createWebhook',
        summary: 'Create a webhook; its signing secret is shown this once',
        tags: ['webhooks'],
        params: InTeam,
        body: NewWebhook,
        response: { 201: CreatedWebhook },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createWebhook(house.webhooks, request.context, request.params.team, request.body)),
  )

  app.get(
    '/teams/:team/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        summary: 'Webhooks of a team, newest first',
        tags: ['webhooks'],
        params: InTeam,
        querystring: PageQuery,
        response: { 200: pageOf(Webhook) },
      },
    },
    async (request) => listWebhooks(request.context, request.params.team, request.query),
  )

  app.get(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'getWebhook',
        summary: 'One webhook',
        tags: ['webhooks'],
        params: ById,
        response: { 200: Webhook },
      },
    },
    async (request) => getWebhook(request.context, request.params.id),
  )

  app.patch(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'updateWebhook',
        summary: 'Change a webhook',
        tags: ['webhooks'],
        params: ById,
        querystring: ForceQuery,
        body: WebhookChange,
        response: { 200: Webhook },
      },
    },
    async (request) => updateWebhook(house.webhooks, request.context, request.params.id, request.body, request.query),
  )

  app.delete(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook; its history stays',
        tags: ['webhooks'],
        params: ById,
        querystring: ForceQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteWebhook(house.webhooks, request.context, request.params.id, request.query)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/webhooks/:id/pause',
    {
      schema: {
        operationId: 'pauseWebhook',
        summary: 'Hold what would be sent',
        tags: ['webhooks'],
        params: ById,
        response: { 200: Webhook },
      },
    },
    async (request) => pauseWebhook(request.context, request.params.id),
  )

  app.post(
    '/webhooks/:id/resume',
    {
      schema: {
        operationId: 'resumeWebhook',
        summary: 'Send what was held',
        tags: ['webhooks'],
        params: ById,
        response: { 200: Webhook },
      },
    },
    async (request) => resumeWebhook(house.webhooks, request.context, request.params.id),
  )

  app.post(
    '/webhooks/:id/enable',
    {
      schema: {
        operationId: 'enableWebhook',
        summary: 'Send again to a receiver that had said it is gone for good',
        tags: ['webhooks'],
        params: ById,
        response: { 200: Webhook },
      },
    },
    async (request) => enableWebhook(house.webhooks, request.context, request.params.id),
  )

  app.get(
    '/webhooks/:id/script',
    {
      schema: {
        operationId: 'getWebhookScript',
        summary: 'A shell script that reproduces request and signatures; its values come from the environment',
        tags: ['webhooks'],
        params: ById,
        response: { 200: WebhookScript },
      },
    },
    async (request) => getWebhookScript(request.context, request.params.id),
  )

  app.get(
    '/webhooks/:id/signing-secrets',
    {
      schema: {
        operationId: 'listSigningSecrets',
        summary: 'Signing secrets that are valid now: since when and until when',
        tags: ['webhooks'],
        params: ById,
        response: { 200: SigningSecrets },
      },
    },
    async (request) => listSigningSecrets(request.context, request.params.id),
  )

  app.post(
    '/webhooks/:id/signing-secrets',
    {
      schema: {
        operationId: 'rotateSigningSecret',
        summary: 'Make a new signing secret, shown this once; the earlier ones sign too for a while',
        tags: ['webhooks'],
        params: ById,
        body: Rotation,
        response: { 201: RotatedSigningSecret },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await rotateSigningSecret(house.webhooks, request.context, request.params.id, request.body)),
  )
}
