import * as z from 'zod'
import { pageOf } from '../../contract/page.ts'
import {
  Cancellation,
  CancellationEstimate,
  CancelledDeliveries,
  MassRedelivery,
  NewRedelivery,
  RedeliveryEstimate,
  RedeliveryQuery,
} from '../../contract/redelivery.ts'
import { cancelDeliveries, estimateCancellation } from '../bulk/cancel-many.ts'
import { getRedelivery, listRedeliveries } from '../bulk/find-redelivery.ts'
import { estimateRedelivery, startRedelivery } from '../bulk/start-redelivery.ts'
import { steerRedelivery } from '../bulk/steer-redelivery.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const ById = z.strictObject({ id: z.string().describe('`rdl_…`') })

/** Many deliveries at once: redelivered at a pace, or cancelled. */
export function redeliveryRoutes(app: App, house: House): void {
  app.post(
    '/redelivery-estimates',
    {
      schema: {
        operationId: 'estimateRedelivery',
        summary: 'How many deliveries would be redelivered, and how long that would take; nothing is sent',
        tags: ['deliveries'],
        body: NewRedelivery,
        response: { 200: RedeliveryEstimate },
      },
    },
    async (request) => estimateRedelivery(house.bulk, request.context, request.body),
  )

  app.post(
    '/redeliveries',
    {
      schema: {
        operationId: 'startRedelivery',
        summary: 'Redeliver all that have ended and match now, at a pace',
        tags: ['deliveries'],
        body: NewRedelivery,
        response: { 201: MassRedelivery },
      },
    },
    async (request, reply) => reply.code(201).send(await startRedelivery(house.bulk, request.context, request.body)),
  )

  app.get(
    '/redeliveries',
    {
      schema: {
        operationId: 'listRedeliveries',
        summary: 'Redeliveries of a team, newest first',
        tags: ['deliveries'],
        querystring: RedeliveryQuery,
        response: { 200: pageOf(MassRedelivery) },
      },
    },
    async (request) => listRedeliveries(request.context, request.query),
  )

  app.get(
    '/redeliveries/:id',
    {
      schema: {
        operationId: 'getRedelivery',
        summary: 'How far a redelivery is',
        tags: ['deliveries'],
        params: ById,
        response: { 200: MassRedelivery },
      },
    },
    async (request) => getRedelivery(request.context, request.params.id),
  )

  for (const [act, summary] of [
    ['pause', 'Make no more of a redelivery ready for now'],
    ['resume', 'Go on with a redelivery that was paused'],
    ['stop', 'End a redelivery where it is; what it made goes on'],
  ] as const)
    app.post(
      `/redeliveries/:id/${act}`,
      {
        schema: {
          operationId: `${act}Redelivery`,
          summary,
          tags: ['deliveries'],
          params: ById,
          response: { 200: MassRedelivery },
        },
      },
      async (request) => steerRedelivery(house.bulk, request.context, request.params.id, act),
    )

  app.post(
    '/cancellation-estimates',
    {
      schema: {
        operationId: 'estimateCancellation',
        summary: 'How many deliveries would be cancelled; nothing is',
        tags: ['deliveries'],
        body: Cancellation,
        response: { 200: CancellationEstimate },
      },
    },
    async (request) => estimateCancellation(house.bulk, request.context, request.body),
  )

  app.post(
    '/cancellations',
    {
      schema: {
        operationId: 'cancelDeliveries',
        summary: 'End all that wait or are held and match',
        tags: ['deliveries'],
        body: Cancellation,
        response: { 200: CancelledDeliveries },
      },
    },
    async (request) => cancelDeliveries(house.bulk, request.context, request.body),
  )
}
