import { Stats, StatsQuery } from '../../contract/stats.ts'
import { readStats } from '../deliveries/read-stats.ts'
import type { App } from './app.ts'
import type { House } from './house.ts'

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
}
