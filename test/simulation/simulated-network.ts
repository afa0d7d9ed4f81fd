import type { Sender } from '../../src/server/outbound/make-sender.ts'
import type { Outcome, OutboundRequest, SendResult } from '../../src/server/outbound/outbound-request.ts'
import type { Chance } from './chance.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { SimulatedTime } from './simulated-time.ts'

/** Receivers that answer at once or late, refuse, fail, or cannot be reached; and how often each message came to one. */
export interface SimulatedNetwork {
  senderOf(process: SimulatedProcess, onStart: (messageId: string) => void): Sender
  setHealth(webhookId: number, health: Health): void
  readonly arrivals: ReadonlyMap<string, number>
}

export type Health = 'up' | 'flaky' | 'down'

const failureOf: Readonly<Record<Health, number>> = { up: 0.1, flaky: 0.5, down: 1 }

export function makeSimulatedNetwork(time: SimulatedTime, chance: Chance): SimulatedNetwork {
  const healths = new Map<number, Health>()
  const arrivals = new Map<string, number>()

  function send(process: SimulatedProcess, request: OutboundRequest): Promise<SendResult> {
    const { messageId, secretsOf } = request
    const webhookId = secretsOf.kind === 'webhook' ? secretsOf.webhookId : 0
    const startedAt = process.clock.now()
    const wayMs = chance.between(1, 20)
    const answerMs = wayMs + (chance.happens(0.3) ? chance.between(500, 8_000) : chance.between(1, 200))
    const outcome = outcomeOf(chance, healths.get(webhookId) ?? 'up')
    // What a process that was killed had begun to say may come to its end or not.
    time.at(wayMs, () => {
      if (outcome.kind !== 'unreachable' && (!process.isDead() || chance.happens(0.5)))
        arrivals.set(messageId, (arrivals.get(messageId) ?? 0) + 1)
    })
    return new Promise((resolve) => time.at(answerMs, () => process.reach(() => resolve(resultOf(outcome, startedAt)))))
  }

  return {
    arrivals,
    setHealth: (webhookId, health) => void healths.set(webhookId, health),
    senderOf: (process, onStart) => ({
      send(request) {
        onStart(request.messageId)
        return send(process, request)
      },
      close: async () => {},
    }),
  }
}

function outcomeOf(chance: Chance, health: Health): Outcome {
  if (!chance.happens(failureOf[health])) return { kind: 'succeeded', status: 200 }
  const kind = chance.between(1, 10)
  if (kind === 1) return { kind: 'rejected', status: 400, retryAfterMs: undefined }
  if (kind <= 5) return { kind: 'rejected', status: 503, retryAfterMs: kind === 2 ? 3_000 : undefined }
  return { kind: 'unreachable', reason: 'connect', detail: 'the connection was refused' }
}

function resultOf(outcome: Outcome, startedAt: Date): SendResult {
  const answer =
    'status' in outcome
      ? { answer: { status: outcome.status, headers: [], body: Buffer.from('ok'), bodyBytes: 2, truncated: false } }
      : {}
  return {
    outcome,
    startedAt,
    phasesMs: { dns: 0, connect: 0, tls: 0, firstByte: 1, body: 0 },
    reusedConnection: true,
    requestHeaders: [],
    ...answer,
  }
}
