/**
 * A place in the stream: behind the event `id` of the transaction `tx`, or behind attempt number `attempt` of the delivery
 * `id`. Commits do not happen in the order of ids, so the order is that of transactions, and only what every open
 * transaction is behind of has a place yet. Inside a transaction events come first, then attempts, each by id.
 */
export interface StreamPosition {
  readonly tx: string
  readonly id: string
  /** From 1; 0 stands for an event. */
  readonly attempt: number
}

export interface StreamCursor extends StreamPosition {
  /** Of the database's history; a restore begins another. */
  readonly generation: string
}

const lowestId = '00000000-0000-0000-0000-000000000000'
const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const attemptMax = 2 ** 31 - 1

export const streamStart = beforeTransaction('0')

/** Before everything of this transaction, and behind everything of those before it. */
export function beforeTransaction(tx: string): StreamPosition {
  return { tx, id: lowestId, attempt: 0 }
}

/** Negative when `a` comes first. */
export function comparePositions(a: StreamPosition, b: StreamPosition): number {
  if (a.tx !== b.tx) return BigInt(a.tx) < BigInt(b.tx) ? -1 : 1
  if ((a.attempt === 0) !== (b.attempt === 0)) return a.attempt === 0 ? -1 : 1
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.attempt - b.attempt
}

/** Events behind a position are those with a greater `(tx, id)` than this. */
export function eventsBehind({ tx, id, attempt }: StreamPosition): { readonly tx: string; readonly id: string } {
  return { tx, id: attempt === 0 ? id : highestId }
}

/** Attempts behind a position are those with a greater `(tx, delivery, number)` than this. */
export function attemptsBehind({ tx, id, attempt }: StreamPosition): StreamPosition {
  return attempt === 0 ? { tx, id: lowestId, attempt } : { tx, id, attempt }
}

/** Opaque to clients. */
export function printCursor({ generation, tx, id, attempt }: StreamCursor): string {
  const pieces = attempt === 0 ? [generation, tx, id] : [generation, tx, id, attempt]
  return Buffer.from(pieces.join('.')).toString('base64url')
}

export function parseCursor(text: string): StreamCursor | undefined {
  const [, generation, tx, id, number = '0'] =
    /^([0-9a-f]{32})\.(\d{1,20})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.([1-9]\d{0,9}))?$/.exec(
      Buffer.from(text, 'base64url').toString(),
    ) ?? []
  if (generation === undefined || tx === undefined || id === undefined) return undefined
  // A transaction id is 64 bits and a number 31; anything above is none.
  const attempt = Number(number)
  if (BigInt(tx) >= 2n ** 64n || attempt > attemptMax) return undefined
  return { generation, tx: BigInt(tx).toString(), id, attempt }
}
