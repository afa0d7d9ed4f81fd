import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import { limits } from '../base/limits.ts'
import { Explanation, ExplanationQuery } from '../../contract/explanation.ts'
import {
  Event,
  EventQuery,
  EventSurroundings,
  FollowedEvents,
  NewCustomEvent,
  NewCustomEventBatch,
  RecordedEvent,
  RecordedEvents,
} from '../../contract/event.ts'
import { followEvents } from '../events/follow-events.ts'
import { explainEvent } from '../events/explain-event.ts'
import { getEvent, listEvents } from '../events/read-events.ts'
import { readSurroundings } from '../events/read-surroundings.ts'
import { recordCustomEvent, recordCustomEvents } from '../events/record-custom-event.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const InProject = z.strictObject({ project: z.string().describe('`prj_…`, `team%2Fname`, or the bare name.') })
const InTeam = z.strictObject({ team: z.string().describe('`team_…`, or a name.') })
const ById = z.strictObject({ id: z.string() })

export function eventRoutes(app: App, house: House): void {
  app.post(
    '/projects/:project/events',
    {
      schema: {
        operationId: 'recordEvent',
        summary: 'Record a custom event',
        tags: ['events'],
        params: InProject,
        body: NewCustomEvent,
        response: { 200: RecordedEvent, 201: RecordedEvent },
      },
    },
    async (request, reply) => {
      const recorded = await recordCustomEvent(house.eventDoor, request.context, request.params.project, request.body)
      return reply.code(recorded.duplicate ? 200 : 201).send(recorded)
    },
  )

  app.post(
    '/projects/:project/events/batch',
    {
      bodyLimit: limits.batchRequestBytesMax,
      schema: {
        operationId: 'recordEvents',
        summary: 'Record up to 1,000 custom events, all or none',
        tags: ['events'],
        params: InProject,
        body: NewCustomEventBatch,
        response: { 201: RecordedEvents },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await recordCustomEvents(house.eventDoor, request.context, request.params.project, request.body)),
  )

  app.get(
    '/projects/:project/events',
    {
      schema: {
        operationId: 'listEvents',
        summary: 'Events of a project, newest first',
        tags: ['events'],
        params: InProject,
        querystring: EventQuery,
        response: { 200: pageOf(Event) },
      },
    },
    async (request) => listEvents(request.context, request.params.project, request.query),
  )

  app.get(
    '/events/:id',
    {
      schema: {
        operationId: 'getEvent',
        summary: 'One event',
        tags: ['events'],
        params: ById,
        response: { 200: Event },
      },
    },
    async (request) => getEvent(request.context, request.params.id),
  )

  app.get(
    '/events/:id/explanation',
    {
      schema: {
        operationId: 'explainEvent',
        summary: 'Which automations an event fired, and why the others did not fire',
        tags: ['events'],
        params: ById,
        querystring: ExplanationQuery,
        response: { 200: Explanation },
      },
    },
    async (request) => explainEvent(request.context, request.params.id, request.query),
  )

  app.get(
    '/events/:id/surroundings',
    {
      schema: {
        operationId: 'getEventSurroundings',
        summary: 'Values of the variables at an event, and what happened just before and after it',
        tags: ['events'],
        params: ById,
        response: { 200: EventSurroundings },
      },
    },
    async (request) => readSurroundings(request.context, request.params.id),
  )

  app.get(
    '/teams/:team/events',
    {
      schema: {
        operationId: 'followEvents',
        summary: 'Events of a team as they come, oldest first: come back with `next`, and miss none',
        tags: ['events'],
        params: InTeam,
        querystring: PageQuery,
        response: { 200: FollowedEvents },
      },
    },
    async (request) => followEvents(request.context, request.params.team, request.query),
  )
}
