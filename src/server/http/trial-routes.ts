import * as z from 'zod'
import { PresetQuery, Presets, presetsFor } from '../../contract/presets.ts'
import {
  NewWebhookScript,
  NewWebhookTest,
  UnstoredWebhookScript,
  UnstoredWebhookTest,
  UrlCheck,
  UrlVerdict,
  WebhookScript,
  WebhookTest,
} from '../../contract/webhook-test.ts'
import { BuiltInReceiver } from '../../contract/receiver.ts'
import { DryRun, DryRunResult, NewDryRun, NewSimulation, Simulation, SimulationQuery } from '../../contract/trial.ts'
import { dryRunAutomation, dryRunUnsaved } from '../trials/dry-run.ts'
import { readReceiver } from '../trials/read-receiver.ts'
import { simulateAutomation, simulateUnsaved } from '../trials/simulate.ts'
import { checkWebhookUrl } from '../trials/check-webhook-url.ts'
import { scriptChangedWebhook, scriptUnstoredWebhook } from '../trials/script-unsaved.ts'
import { testUnstoredWebhook, testWebhook } from '../trials/test-webhook.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const ById = z.strictObject({ id: z.string().describe('`aut_…`') })
const tags = ['trials']

/** Where an automation that is not saved might stand. */
const scopes = [
  { path: '/projects/:project', noun: 'Project', params: z.strictObject({ project: z.string() }) },
  { path: '/collections/:collection', noun: 'Collection', params: z.strictObject({ collection: z.string() }) },
  { path: '/teams/:team', noun: 'Team', params: z.strictObject({ team: z.string() }) },
] as const

const WebhookById = z.strictObject({ id: z.string().describe('`whk_…`') })
const InTeam = z.strictObject({ team: z.string() })

export function trialRoutes(app: App, house: House): void {
  app.post(
    '/automations/:id/dry-run',
    {
      schema: {
        operationId: 'dryRunAutomation',
        summary: 'Whether an automation would fire on an event, why, and what exactly it would send',
        tags,
        params: ById,
        body: DryRun,
        response: { 200: DryRunResult },
      },
    },
    async (request) => dryRunAutomation(request.context, request.params.id, request.body),
  )

  app.get(
    '/automations/:id/simulation',
    {
      schema: {
        operationId: 'simulateAutomation',
        summary: 'Which past events an automation would fire on now, and why not on the others',
        tags,
        params: ById,
        querystring: SimulationQuery,
        response: { 200: Simulation },
      },
    },
    async (request) => simulateAutomation(house.simulationTries, request.context, request.params.id, request.query),
  )

  for (const { path, noun, params } of scopes) {
    app.post(
      `${path}/automations/dry-run`,
      {
        schema: {
          operationId: `dryRunIn${noun}`,
          summary: `The same for an automation that is not saved, on a ${noun.toLowerCase()}`,
          tags,
          params,
          body: NewDryRun,
          response: { 200: DryRunResult },
        },
      },
      async (request) => dryRunUnsaved(request.context, request.params, request.body),
    )

    app.post(
      `${path}/automations/simulation`,
      {
        schema: {
          operationId: `simulateIn${noun}`,
          summary: `Which past events an automation on a ${noun.toLowerCase()}, not saved, would have fired on`,
          tags,
          params,
          body: NewSimulation,
          response: { 200: Simulation },
        },
      },
      async (request) => simulateUnsaved(house.simulationTries, request.context, request.params, request.body),
    )
  }

  app.get(
    '/payload-presets',
    {
      schema: {
        operationId: 'listPresets',
        summary: 'Webhooks and payloads for services that many send to, ready to be filled in',
        tags,
        querystring: PresetQuery,
        response: { 200: Presets },
      },
    },
    async (request) => ({ items: [...presetsFor(request.query.event_type)] }),
  )

  app.get(
    '/teams/:team/built-in-receiver',
    {
      schema: {
        operationId: 'getBuiltInReceiver',
        summary: 'Where a team reaches the receiver of this server, if it runs one, and what arrived there',
        tags,
        params: InTeam,
        response: { 200: BuiltInReceiver },
      },
    },
    async (request) => readReceiver(house.receiver, request.context, request.params.team),
  )

  app.post(
    '/webhooks/:id/test',
    {
      schema: {
        operationId: 'testWebhook',
        summary: 'Send one request to a webhook now, with settings that need not be saved, and see what comes of it',
        tags,
        params: WebhookById,
        body: NewWebhookTest,
        response: { 200: WebhookTest },
      },
    },
    async (request) => testWebhook(house.tests, request.context, request.params.id, request.body),
  )

  app.post(
    '/teams/:team/webhooks/test',
    {
      schema: {
        operationId: 'testUnstoredWebhook',
        summary: 'The same for a webhook that is not saved',
        tags,
        params: InTeam,
        body: UnstoredWebhookTest,
        response: { 200: WebhookTest },
      },
    },
    async (request) => testUnstoredWebhook(house.tests, request.context, request.params.team, request.body),
  )

  app.post(
    '/webhooks/:id/script',
    {
      schema: {
        operationId: 'scriptChangedWebhook',
        summary: 'The shell script of a webhook with settings that are not saved; its values come from the environment',
        tags,
        params: WebhookById,
        body: NewWebhookScript,
        response: { 200: WebhookScript },
      },
    },
    async (request) => scriptChangedWebhook(house.tests, request.context, request.params.id, request.body),
  )

  app.post(
    '/teams/:team/webhooks/script',
    {
      schema: {
        operationId: 'scriptUnstoredWebhook',
        summary: 'The same for a webhook that is not saved',
        tags,
        params: InTeam,
        body: UnstoredWebhookScript,
        response: { 200: WebhookScript },
      },
    },
    async (request) => scriptUnstoredWebhook(house.tests, request.context, request.params.team, request.body),
  )

  app.post(
    '/teams/:team/webhooks/check-url',
    {
      schema: {
        operationId: 'checkWebhookUrl',
        summary: 'What the guard would say of an address',
        tags,
        params: InTeam,
        body: UrlCheck,
        response: { 200: UrlVerdict },
      },
    },
    async (request) => checkWebhookUrl(house.tests, request.context, request.params.team, request.body),
  )
}
