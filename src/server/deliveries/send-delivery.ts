import type { Clock } from '../base/clock.ts'
import type { WebhookId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { SendResult, Sender } from '../outbound/make-sender.ts'
import type { SendingProfile } from '../webhooks/sending-profile.ts'
import type { RecordedAttempt } from './attempt-recorder.ts'
import { decideNextStep, type NextStep } from './decide-next-step.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { decodeBody } from './payload-body.ts'

export interface SendParts {
  readonly clock: Clock
  readonly log: Log
  /** In [0, 1). */
  readonly random: () => number
  readonly sender: Sender
  /** The webhook's settings at this version or newer; undefined when it is gone. */
  readonly profileOf: (webhookId: WebhookId, version: number) => Promise<SendingProfile | undefined>
}

export interface SentDelivery {
  readonly attempt: RecordedAttempt
  readonly result: SendResult
  readonly step: NextStep
}

/** Makes one attempt and decides what follows. Writes nothing, and never throws for what the receiver does. */
export async function sendDelivery(parts: SendParts, delivery: ClaimedDelivery): Promise<SentDelivery> {
  const { clock, log, random, sender, profileOf } = parts
  const profile = await profileOf(delivery.webhookId, delivery.receiversVersion)
  const result = profile === undefined ? webhookGone(clock) : await sender.send(requestOf(delivery, profile))
  const step = decideNextStep(result.outcome, {
    attempt: delivery.attempt,
    now: clock.now(),
    jitter: random(),
    policy: profile?.retry ?? noRetry,
  })
  log.info('delivery.attempted', fieldsOf(delivery, result, step))
  return { attempt: recordOf(delivery, result, step), result, step }
}

const noRetry = { attemptsMax: 1, delayMsMin: 0, delayMsMax: 0 }

function requestOf(delivery: ClaimedDelivery, profile: SendingProfile) {
  return {
    webhookId: delivery.webhookId,
    version: delivery.receiversVersion,
    url: profile.url,
    headers: profile.headers,
    body: decodeBody(delivery.body),
    messageId: delivery.messageId,
    hasAccessToken: profile.hasAccessToken,
    compatibleSecret: profile.compatibleSecret,
    signatureEncoding: profile.signatureEncoding,
    timeoutMs: profile.timeoutMs,
  }
}
