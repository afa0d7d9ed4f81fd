import * as z from 'zod'
import { pageOf } from '../../contract/page.ts'
import { Stats, StatsQuery, WebhookStats, WebhookStatsQuery } from '../../contract/stats.ts'
import { readStats } from '../deliveries/read-stats.ts'
import { listWebhookStats } from '../deliveries/read-webhook-stats.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

const InTeam = z.strictObject({
  team: z.string().describe('`team_…`, `ent_…`, or the name of a team, person or organization.'),
})

export function statsRoutes(app: App, house: House): void {
  app.get(
    '/stats',
    {
      schema: {
        operationId: 'getStats',
        summary:
          'How deliveries of a team, a webhook or an automation go: results by minute or hour, latency, and what waits',
        tags: ['deliveries'],
        querystring: StatsQuery,
        response: { 200: Stats },
      },
    },
    async (request) => readStats(house.deliveryVisibility, request.context, request.query),
  )

  app.get(
    '/teams/:team/webhook-stats',
    {
      schema: {
        operationId: 'listWebhookStats',
        summary: 'How deliveries to each webhook of a team went in the last 24 hours, newest webhooks first',
        tags: ['deliveries'],
        params: InTeam,
        querystring: WebhookStatsQuery,
        response: { 200: pageOf(WebhookStats) },
      },
    },
    async (request) => listWebhookStats(request.context, request.params.team, request.query),
  )
}
