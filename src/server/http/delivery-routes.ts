import * as z from 'zod'
import { Delivery, DeliveryQuery, DeliverySummary } from '../../contract/delivery.ts'
import { pageOf } from '../../contract/page.ts'
import { getDelivery, listDeliveries } from '../deliveries/read-deliveries.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

export function deliveryRoutes(app: App, house: House): void {
  app.get(
    '/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary: 'Deliveries by team, webhook, automation or event, newest first',
        tags: ['deliveries'],
        querystring: DeliveryQuery,
        response: { 200: pageOf(DeliverySummary) },
      },
    },
    async (request) => listDeliveries(house.deliveryVisibility, request.context, request.query),
  )

  app.get(
    '/deliveries/:id',
    {
      schema: {
        operationId: 'getDelivery',
        summary: 'One delivery: its payload and every attempt',
        tags: ['deliveries'],
        params: z.strictObject({ id: z.string() }),
        response: { 200: Delivery },
      },
    },
    async (request) => getDelivery(house.deliveryVisibility, request.context, request.params.id),
  )
}
