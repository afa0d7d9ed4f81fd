import { randomBytes } from 'node:crypto'
import { answerStatus, type Answer, type ReceivedRequest } from './receiver.ts'
import type { TestSignalbox } from './signalbox.ts'
import { waitFor } from './wait-for.ts'

/** Deliveries to a webhook of their own that have come to this. */
export interface Delivered {
  readonly name: string
  readonly webhook: string
  readonly automation: string
  /** Their requests, from now on: those that made them are left out. */
  requests(): readonly ReceivedRequest[]
  /** So many more, with the receiver as it answers now. */
  record(count: number): Promise<void>
  list(state?: string): Promise<Record<string, any>[]>
}

/**
 * Records so many events and waits until all their deliveries are in this state. The receiver refuses them, and is not
 * taken for sick by that: its lane stays open.
 */
export async function deliverMany(
  { admin, receiver, makeWebhook, makeAutomation }: TestSignalbox,
  count: number,
  {
    answer = answerStatus(404),
    state = 'failed',
    ...settings
  }: { readonly answer?: Answer; readonly state?: string; readonly [setting: string]: unknown } = {},
): Promise<Delivered> {
  const name = `many-${randomBytes(6).toString('hex')}`
  const retry = { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 }
  const webhook = await makeWebhook({ retry, ...settings })
  const automation = await makeAutomation(webhook.id, { filter: { name } })
  const all = () => receiver.requests.filter(({ body }) => body.toString().includes(name))
  const delivered: Delivered = {
    name,
    webhook: webhook.id,
    automation: String(automation['id']),
    requests: () => all().slice(before),
    record: async (more) => {
      for (let left = more; left > 0; left -= 1000)
        await admin.must('POST', '/projects/demo/events/batch', {
          events: Array.from({ length: Math.min(left, 1000) }, (_, n) => ({ name, data: { n } })),
        })
    },
    async list(wanted = state) {
      const items: Record<string, any>[] = []
      for (let cursor = ''; ;) {
        const page = await admin.must(
          'GET',
          `/deliveries?webhook=${webhook.id}&state=${wanted}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
        )
        items.push(...page['items'])
        if (page['next'] === null) return items
        cursor = page['next']
      }
    },
  }
  let before = 0
  receiver.answerWith(answer)
  await delivered.record(count)
  await waitFor(
    `${count} deliveries to be ${state}`,
    async () => {
      const items = await delivered.list()
      // What waits for its first attempt is on its way.
      return items.filter(({ attempts }) => state !== 'waiting' || attempts > 0).length === count
    },
    60_000,
  )
  receiver.answerWith(answerStatus(200))
  before = all().length
  return delivered
}
