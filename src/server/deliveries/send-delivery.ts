import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import type { Log, LogFields } from '../base/log.ts'
import type { Sender } from '../outbound/make-sender.ts'
import { secretNamesOf, type OutboundRequest, type SendResult } from '../outbound/outbound-request.ts'
import type { SendingProfile } from '../webhooks/sending-profile.ts'
import type { RecordedAttempt } from './attempt-recorder.ts'
import { decideNextStep, type NextStep } from './decide-next-step.ts'
import type { ClaimedDelivery, ClaimId } from './delivery.ts'
import { nameMet } from './met-outcome.ts'
import { decodeBody } from './payload-body.ts'

export interface SendParts {
  readonly clock: Clock
  readonly log: Log
  /** In [0, 1). */
  readonly random: () => number
  readonly sender: Sender
  /** The webhook's settings at this version or newer; undefined when it is gone. */
  readonly profileOf: (webhookId: WebhookId, version: number) => Promise<SendingProfile | undefined>
  /** False when the claim is no longer ours to send under: the lease is over, or this process drains. */
  readonly mayStart: (claimId: ClaimId) => boolean
}

export interface SentDelivery {
  readonly attempt: RecordedAttempt
  readonly result: SendResult
  readonly step: NextStep
  /** Secrets that were filled in; none where nothing was sent. */
  readonly secretsUsed: readonly string[]
}

/** The claim came too late to be sent under: nothing was sent. */
class ClaimOverError extends Error {
  override readonly name = 'ClaimOverError'
  constructor() {
    super('the claim was over before anything was sent')
  }
}

/**
 * Makes one attempt and decides what follows. Writes nothing, and never throws for what the receiver does. The claim is
 * looked at last of all: a process that was frozen, or waited long for its database, must not send what others may have.
 */
export async function sendDelivery(parts: SendParts, delivery: ClaimedDelivery): Promise<SentDelivery> {
  const { clock, log, random, sender, profileOf, mayStart } = parts
  const profile = await profileOf(delivery.webhookId, delivery.receiversVersion)
  if (!mayStart(delivery.claimId)) throw new ClaimOverError()
  const request = profile === undefined ? undefined : requestOf(delivery, profile)
  const result = request === undefined ? webhookGone(clock) : await sender.send(request)
  const step = decideNextStep(result.outcome, {
    attempt: delivery.attempt,
    jitter: random(),
    policy: profile?.retry ?? noRetry,
  })
  log.info('delivery.attempted', logFieldsOf(delivery, result, step, clock.now()))
  const secretsUsed = request === undefined || result.outcome.kind === 'refused' ? [] : secretNamesOf(request)
  return { attempt: toRecord(delivery, result, step), result, step, secretsUsed }
}

const noRetry = { attemptsMax: 1, delayMsMin: 0, delayMsMax: 0 }

function requestOf(delivery: ClaimedDelivery, profile: SendingProfile): OutboundRequest {
  return {
    ...profile.request,
    secretsOf: { kind: 'webhook', webhookId: delivery.webhookId, version: delivery.receiversVersion },
    body: decodeBody(delivery.body),
    messageId: delivery.messageId,
  }
}

function webhookGone(clock: Clock): SendResult {
  return {
    outcome: { kind: 'refused', reason: 'webhook-gone', detail: 'the webhook was deleted' },
    startedAt: clock.now(),
    phasesMs: { dns: 0, connect: 0, tls: 0, firstByte: 0, body: 0 },
    reusedConnection: false,
    requestHeaders: [],
  }
}

function toRecord(delivery: ClaimedDelivery, result: SendResult, step: NextStep): RecordedAttempt {
  const { outcome, phasesMs, answer } = result
  const record = {
    id: delivery.id,
    claimId: delivery.claimId,
    webhookId: delivery.webhookId,
    at: result.startedAt,
    outcome: nameMet(outcome),
    status: answer?.status ?? null,
    phasesMs: [phasesMs.dns, phasesMs.connect, phasesMs.tls, phasesMs.firstByte, phasesMs.body],
    requestHeaders: result.requestHeaders,
    responseHeaders: answer?.headers ?? null,
    response: answer?.body ?? null,
    responseBytes: answer?.bodyBytes ?? null,
    detail: 'detail' in outcome ? outcome.detail : null,
  }
  return step.kind === 'finish' ? { ...record, as: step.as, reason: step.reason } : { ...record, delayMs: step.delayMs }
}

function logFieldsOf(delivery: ClaimedDelivery, result: SendResult, step: NextStep, now: Date): LogFields {
  const { outcome, phasesMs } = result
  return {
    delivery_id: delivery.id,
    event_id: delivery.eventId,
    automation_id: delivery.automationId,
    webhook_id: delivery.webhookId,
    team_id: delivery.teamId,
    attempt: delivery.attempt,
    outcome: outcome.kind,
    status: result.answer?.status ?? null,
    reason: 'reason' in outcome ? outcome.reason : null,
    attempt_duration_ms: Math.round(
      phasesMs.dns + phasesMs.connect + phasesMs.tls + phasesMs.firstByte + phasesMs.body,
    ),
    reused_connection: result.reusedConnection,
    next_step: step.kind === 'finish' ? step.as : 'retry',
    retry_at: step.kind === 'retry' ? new Date(now.getTime() + step.delayMs).toISOString() : null,
  }
}
