import type { Database } from '../../src/server/database/database.ts'
import { finishedStatus } from '../../src/server/deliveries/delivery.ts'
import type { QueueObserver } from './queue-observer.ts'
import type { SimulatedNetwork } from './simulated-network.ts'

export interface Books {
  readonly observer: QueueObserver
  /** Ids of the events whose callers were told that they stand. */
  readonly accepted: ReadonlySet<string>
  /** How many deliveries every event makes. */
  readonly automations: number
  readonly network: SimulatedNetwork
}

/** Balances the books when everything has ended: what was accepted, what the tables say, what came to the receivers. */
export async function findMistakes(
  db: Database,
  { observer, accepted, automations, network }: Books,
): Promise<string[]> {
  const mistakes: string[] = []
  const unfinished = await db.query<{ id: string; state: number }>('select id, state from queue')
  for (const { id, state } of unfinished) mistakes.push(`${id} has not ended: it stands in the queue in state ${state}`)

  const deliveries = await db.query<Delivery>(
    `select id, event_id as "eventId", redelivery_of as "redeliveryOf", message_id as "messageId", status, attempts,
      (select count(*)::int from attempts a where a.delivery_id = d.id and a.number between 1 and d.attempts) as recorded
     from deliveries d`,
  )
  const history = new Set(deliveries.map(({ id }) => id))
  for (const id of observer.finished.keys()) if (!history.has(id)) mistakes.push(`${id} vanished from the history`)
  for (const { id, attempts, recorded } of deliveries) {
    if (!observer.finished.has(id)) mistakes.push(`the history invented ${id}`)
    if (attempts !== recorded) mistakes.push(`${id} made ${attempts} attempts, and ${recorded} are on record`)
  }

  const events = new Set((await db.query<{ id: string }>('select id from events')).map(({ id }) => id))
  for (const id of accepted) if (!events.has(id)) mistakes.push(`the event ${id} was accepted, and is gone`)
  const firstOf = Map.groupBy(
    deliveries.filter(({ redeliveryOf }) => redeliveryOf === null),
    ({ eventId }) => eventId,
  )
  for (const id of events) {
    const made = firstOf.get(id)?.length ?? 0
    if (made !== automations)
      mistakes.push(`the event ${id} has ${made} deliveries, and ${automations} automations matched it`)
  }

  for (const [messageId, same] of Map.groupBy(deliveries, (delivery) => delivery.messageId)) {
    const came = network.arrivals.get(messageId) ?? 0
    const attempts = same.reduce((sum, delivery) => sum + delivery.attempts, 0)
    if (came > attempts) mistakes.push(`${messageId} came ${came} times, and ${attempts} attempts are on record`)
    if (came === 0 && same.some(({ status }) => status === finishedStatus.succeeded))
      mistakes.push(`${messageId} is said to have succeeded, and never came`)
  }
  return mistakes
}

interface Delivery {
  readonly id: string
  readonly eventId: string
  readonly redeliveryOf: string | null
  readonly messageId: string
  readonly status: number
  readonly attempts: number
  readonly recorded: number
}
