/**
 * A place in the stream of events: behind the event `id` of the transaction `tx`. Commits do not happen in the order of
 * ids, so the order is that of transactions, and only what every open transaction is behind of has a place yet.
 */
export interface StreamCursor {
  /** Of the database's history; a restore begins another. */
  readonly generation: string
  readonly tx: string
  readonly id: string
}

export const streamStart = { tx: '0', id: '00000000-0000-0000-0000-000000000000' } as const

/** Opaque to clients. */
export function printCursor({ generation, tx, id }: StreamCursor): string {
  return Buffer.from([generation, tx, id].join('.')).toString('base64url')
}

export function parseCursor(text: string): StreamCursor | undefined {
  const [, generation, tx, id] =
    /^([0-9a-f]{32})\.(\d{1,20})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(text, 'base64url').toString(),
    ) ?? []
  // A transaction id is 64 bits; anything above is none.
  if (generation === undefined || tx === undefined || id === undefined || BigInt(tx) >= 2n ** 64n) return undefined
  return { generation, tx, id }
}
