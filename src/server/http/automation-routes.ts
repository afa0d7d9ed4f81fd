import * as z from 'zod'
import {
  Automation,
  AutomationChange,
  AutomationQuery,
  AutomationRevision,
  ListedAutomation,
  NewAutomation,
} from '../../contract/automation.ts'
import { pageOf, PageQuery } from '../../contract/page.ts'
import { deleteAutomation } from '../automations/change-automation.ts'
import { createAutomation } from '../automations/create-automation.ts'
import { getAutomation, listAutomations } from '../automations/get-automation.ts'
import { listRevisions } from '../automations/list-revisions.ts'
import { restoreAutomation } from '../automations/restore-automation.ts'
import { disableAutomation, enableAutomation, updateAutomation } from '../automations/update-automation.ts'
import { listAllAutomations } from '../deliveries/list-all-automations.ts'
import { pauseAutomation, resumeAutomation } from '../deliveries/pause-automation.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const InProject = z.strictObject({ project: z.string().describe('`prj_…`, `team%2Fname`, or the bare name.') })
const InCollection = z.strictObject({
  collection: z.string().describe('`col_…`, or `entity%2Fproject%2Fcollection`.'),
})
const InTeam = z.strictObject({
  team: z.string().describe('`team_…`, `ent_…`, or the name of a team, person or organization.'),
})
const ById = z.strictObject({ id: z.string().describe('`aut_…`') })
const tags = ['automations']

export function automationRoutes(app: App, { webhooks }: House): void {
  app.post(
    '/projects/:project/automations',
    {
      schema: {
        operationId: 'createProjectAutomation',
        summary: 'Create an automation on what happens in a project or registry',
        tags,
        params: InProject,
        body: NewAutomation,
        response: { 201: Automation },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createAutomation(request.context, request.params, request.body)),
  )

  app.get(
    '/projects/:project/automations',
    {
      schema: {
        operationId: 'listProjectAutomations',
        summary: 'Automations of a project or registry, newest first',
        tags,
        params: InProject,
        querystring: PageQuery,
        response: { 200: pageOf(Automation) },
      },
    },
    async (request) => listAutomations(request.context, request.params, request.query),
  )

  app.post(
    '/collections/:collection/automations',
    {
      schema: {
        operationId: 'createCollectionAutomation',
        summary: 'Create an automation on what happens in one collection',
        tags,
        params: InCollection,
        body: NewAutomation,
        response: { 201: Automation },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createAutomation(request.context, request.params, request.body)),
  )

  app.get(
    '/collections/:collection/automations',
    {
      schema: {
        operationId: 'listCollectionAutomations',
        summary: 'Automations of a collection, newest first',
        tags,
        params: InCollection,
        querystring: PageQuery,
        response: { 200: pageOf(Automation) },
      },
    },
    async (request) => listAutomations(request.context, request.params, request.query),
  )

  app.post(
    '/teams/:team/automations',
    {
      schema: {
        operationId: 'createTeamAutomation',
        summary: 'Create an automation on what happens anywhere in a team or organization',
        tags,
        params: InTeam,
        body: NewAutomation,
        response: { 201: Automation },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createAutomation(request.context, request.params, request.body)),
  )

  app.get(
    '/teams/:team/automations',
    {
      schema: {
        operationId: 'listTeamAutomations',
        summary: 'Automations that a team or organization has as a whole, newest first',
        tags,
        params: InTeam,
        querystring: PageQuery,
        response: { 200: pageOf(Automation) },
      },
    },
    async (request) => listAutomations(request.context, request.params, request.query),
  )

  app.get(
    '/automations',
    {
      schema: {
        operationId: 'listAutomations',
        summary: 'Automations of every scope you may read, newest first',
        tags,
        querystring: AutomationQuery,
        response: { 200: pageOf(ListedAutomation) },
      },
    },
    async (request) => listAllAutomations(request.context, request.query),
  )

  app.get(
    '/automations/:id',
    {
      schema: {
        operationId: 'getAutomation',
        summary: 'One automation',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => getAutomation(request.context, request.params.id),
  )

  app.get(
    '/automations/:id/revisions',
    {
      schema: {
        operationId: 'listAutomationRevisions',
        summary: 'What an automation said before, and who changed it, newest first',
        tags,
        params: ById,
        querystring: PageQuery,
        response: { 200: pageOf(AutomationRevision) },
      },
    },
    async (request) => listRevisions(request.context, request.params.id, request.query),
  )

  app.patch(
    '/automations/:id',
    {
      schema: {
        operationId: 'updateAutomation',
        summary: 'Change an automation; events accepted afterwards are judged by the change',
        tags,
        params: ById,
        body: AutomationChange,
        response: { 200: Automation },
      },
    },
    async (request) => updateAutomation(request.context, request.params.id, request.body),
  )

  app.delete(
    '/automations/:id',
    {
      schema: {
        operationId: 'deleteAutomation',
        summary: 'Delete an automation; its history stays',
        tags,
        params: ById,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteAutomation(request.context, request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/automations/:id/restore',
    {
      schema: {
        operationId: 'restoreAutomation',
        summary: 'Undo its deletion; it matches from now on',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => restoreAutomation(request.context, request.params.id),
  )

  app.post(
    '/automations/:id/enable',
    {
      schema: {
        operationId: 'enableAutomation',
        summary: 'Let it match again',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => enableAutomation(request.context, request.params.id),
  )

  app.post(
    '/automations/:id/disable',
    {
      schema: {
        operationId: 'disableAutomation',
        summary: 'Let it match nothing',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => disableAutomation(request.context, request.params.id),
  )

  app.post(
    '/automations/:id/pause',
    {
      schema: {
        operationId: 'pauseAutomation',
        summary: 'Hold what an automation would send',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => pauseAutomation(request.context, request.params.id),
  )

  app.post(
    '/automations/:id/resume',
    {
      schema: {
        operationId: 'resumeAutomation',
        summary: 'Send what was held, and go on',
        tags,
        params: ById,
        response: { 200: Automation },
      },
    },
    async (request) => resumeAutomation(webhooks, request.context, request.params.id),
  )
}
