import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Takes the example's alias away and puts it on again: one delivery more, and it is on record. */
export async function fireAlias({ request }: Page): Promise<void> {
  const collection = `/api/v1/collections/${encodeURIComponent('example/wandb-registry-models/churn-model')}`
  const countDeliveries = async () => {
    const list = await request.get('/api/v1/deliveries?automation=aut_1&limit=100')
    return ((await list.json()) as { items: unknown[] }).items.length
  }
  const before = await countDeliveries()
  const answers = [
    await request.delete(`${collection}/aliases/production`),
    await request.post(`${collection}/aliases`, { data: { version: 'v0', aliases: ['production'] } }),
  ]
  expect(answers.map((answer) => answer.status())).toEqual([204, 200])
  expect(await countDeliveries(), 'deliveries on record').toBe(before + 1)
}
