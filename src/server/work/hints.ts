import type pg from 'pg'
import type { WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import type { Timers } from '../base/timers.ts'
import type { Database } from '../database/database.ts'
import { listenForWakes, readWake, sendWake } from '../deliveries/queue/wake.ts'

export interface HintSenderParts {
  readonly db: Database
  readonly log: Log
  readonly timers: Timers
}

/**
 * Sends wake-ups to the other processes: one at once, and after each nothing for `hintMsMin`, what comes meanwhile together.
 * NOTIFY is cheap, and not free.
 */
export function makeHintSender({ db, log, timers }: HintSenderParts): (webhookIds: readonly WebhookId[]) => void {
  let waiting = new Set<WebhookId>()
  let resting = false

  function send(): void {
    const webhookIds = [...waiting]
    waiting = new Set()
    resting = webhookIds.length > 0
    if (!resting) return
    timers.later(limits.hintMsMin, send)
    sendWake(db, webhookIds).catch((error: unknown) => log.debug('hint.not_sent', { error: String(error) }))
  }

  return (webhookIds) => {
    for (const webhookId of webhookIds) waiting.add(webhookId)
    if (!resting) send()
  }
}

export interface HintListener {
  /** False while no connection listens: then the sweep has to be quicker. */
  listening(): boolean
  stop(): Promise<void>
}

export interface HintListenerParts {
  readonly db: Database
  /** The database by a direct connection, where `DATABASE_URL` names a pooler in transaction mode. */
  readonly connect: () => Promise<pg.Client>
  readonly log: Log
  readonly timers: Timers
  readonly onHint: (webhookIds: readonly WebhookId[]) => void
}

/**
 * Listens for wake-ups on a connection of its own, and comes back after every loss. At each start another
 * connection of ours notifies it: a pooler in transaction mode takes LISTEN and then delivers nothing of what others say,
 * and that has to be said.
 */
export function listenForHints({ db, connect, log, timers, onHint }: HintListenerParts): HintListener {
  let client: pg.Client | undefined
  let stopped = false
  let hears = false
  let retry: (() => void) | undefined

  async function start(): Promise<void> {
    const candidate = await connect()
    if (stopped) return void candidate.end()
    client = candidate
    candidate.on('error', () => lost())
    candidate.on('end', () => lost())
    candidate.on('notification', (message) => {
      hears = true
      const webhookIds = readWake(message.payload ?? '')
      if (webhookIds.length > 0) onHint(webhookIds)
    })
    await listenForWakes(candidate)
    sendWake(db, []).catch((error: unknown) => log.debug('hint.not_sent', { error: String(error) }))
    timers.later(limits.listenProofMs, () => {
      if (client === candidate && !hears)
        log.warn('hints.not_heard', {
          try: 'set DATABASE_LISTEN_URL to a direct connection; until then work is found by a quicker sweep',
        })
    })
  }

  function lost(): void {
    if (client !== undefined) client.removeAllListeners('end')
    client = undefined
    hears = false
    if (!stopped) again()
  }

  function again(): void {
    retry?.()
    retry = timers.later(limits.sweepMsWithoutListen, () => {
      start().catch((error: unknown) => {
        log.debug('hints.not_listening', { error: String(error) })
        again()
      })
    })
  }

  start().catch(() => again())
  return {
    listening: () => hears,
    async stop() {
      stopped = true
      retry?.()
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
