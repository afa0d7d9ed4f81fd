import type { WebhookId } from '../../base/ids.ts'
import type { Queryable } from '../../database/database.ts'

/** Wake-ups between processes are hints: a lost one costs at most the sweep. Sent outside any transaction. */
const wakeChannel = 'signalbox_wake'

// A NOTIFY carries at most 8,000 bytes; a longer list is cut, and the sweep finds the rest.
const webhooksMax = 400

export async function sendWake(db: Queryable, webhookIds: readonly WebhookId[]): Promise<void> {
  await db.query('select pg_notify($1, $2)', [wakeChannel, webhookIds.slice(0, webhooksMax).join(',')])
}

export async function listenForWakes(client: { query(text: string): Promise<unknown> }): Promise<void> {
  await client.query(`listen ${wakeChannel}`)
}

export function readWake(payload: string): readonly WebhookId[] {
  return payload === '' ? [] : payload.split(',').map(Number).filter(Number.isSafeInteger)
}
