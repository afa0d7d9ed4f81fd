import * as z from 'zod'
import { Delivery, DeliveryQuery, DeliverySummary, Redelivery, RedeliveryDryRun } from '../../contract/delivery.ts'
import { pageOf } from '../../contract/page.ts'
import { cancelDelivery, tryDeliveryNow } from '../deliveries/act-on-delivery.ts'
import { getDelivery, listDeliveries } from '../deliveries/read-deliveries.ts'
import { dryRunRedelivery, redeliverDelivery } from '../events/redeliver-delivery.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const ById = z.strictObject({ id: z.string().describe('`dlv_…`') })

export function deliveryRoutes(app: App, house: House): void {
  const parts = () => ({ wake: house.webhooks.wake })

  app.get(
    '/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary: 'Deliveries of a team, webhook, automation, project or event, newest first',
        tags: ['deliveries'],
        querystring: DeliveryQuery,
        response: { 200: pageOf(DeliverySummary) },
      },
    },
    async (request) =>
      listDeliveries(
        { visibility: house.deliveryVisibility, searches: house.deliverySearches },
        request.context,
        request.query,
      ),
  )

  app.get(
    '/deliveries/:id',
    {
      schema: {
        operationId: 'getDelivery',
        summary: 'One delivery: its payload and every attempt',
        tags: ['deliveries'],
        params: ById,
        response: { 200: Delivery },
      },
    },
    async (request) => getDelivery(request.context, request.params.id),
  )

  app.post(
    '/deliveries/:id/redeliver',
    {
      schema: {
        operationId: 'redeliverDelivery',
        summary: 'Send again what has ended: the same, or rendered anew',
        tags: ['deliveries'],
        params: ById,
        body: Redelivery,
        response: { 201: DeliverySummary },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await redeliverDelivery(parts(), request.context, request.params.id, request.body)),
  )

  app.post(
    '/deliveries/:id/redeliver/dry-run',
    {
      schema: {
        operationId: 'dryRunRedelivery',
        summary: 'What redelivering it anew would send now, and whether its automation would still fire',
        tags: ['deliveries'],
        params: ById,
        response: { 200: RedeliveryDryRun },
      },
    },
    async (request) => dryRunRedelivery(house.deliveryVisibility, request.context, request.params.id),
  )

  app.post(
    '/deliveries/:id/try-now',
    {
      schema: {
        operationId: 'tryDeliveryNow',
        summary: 'Bring the next attempt of a waiting delivery forward to now',
        tags: ['deliveries'],
        params: ById,
        response: { 200: DeliverySummary },
      },
    },
    async (request) => tryDeliveryNow(parts(), request.context, request.params.id),
  )

  app.post(
    '/deliveries/:id/cancel',
    {
      schema: {
        operationId: 'cancelDelivery',
        summary: 'End a delivery that waits or is held',
        tags: ['deliveries'],
        params: ById,
        response: { 200: DeliverySummary },
      },
    },
    async (request) => cancelDelivery(parts(), request.context, request.params.id),
  )
}
