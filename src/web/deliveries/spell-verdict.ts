import type { Delivery } from '../../contract/delivery.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellMs } from '../parts/spell-time.ts'
import type { Words } from '../text/words.ts'

/** What has become of a delivery, in a sentence. */
export function spellVerdict(delivery: Delivery, webhook: Webhook | undefined, text: Words): string {
  const { state, reason, attempt_list: attempts, finished_at: end, created_at: start } = delivery
  const last = attempts.at(-1)
  const status = last?.status ?? null
  const took = end === null ? '' : spellMs(Date.parse(end) - Date.parse(start), text)
  const because = (sentence: string) =>
    reason === null ? sentence : text.delivery.verdict.because(sentence, text.server(reason))
  switch (state) {
    case 'succeeded':
      return status === null
        ? text.delivery.verdict.succeeded
        : text.delivery.verdict.accepted(status, took, attempts.length)
    case 'failed':
      if (status !== null && attempts.length > 1) return text.delivery.verdict.givenUp(attempts.length, took, status)
      return because(text.delivery.verdict.failed)
    case 'waiting':
      if (last === undefined) return text.delivery.verdict.waiting
      if (status !== null) return text.delivery.verdict.answered(status)
      return last.explanation === null
        ? text.delivery.verdict.met(spellOutcome(last, text))
        : text.server(last.explanation.what)
    case 'skipped':
    case 'cancelled':
      return reason === null ? text.delivery.verdict[state] : text.delivery.verdict.told[state](text.server(reason))
    case 'held':
      if (webhook === undefined || (!webhook.paused && webhook.disabled === null))
        return because(text.delivery.verdict.held)
      return webhook.disabled === null
        ? text.delivery.verdict.pausedBy(webhook.name)
        : text.delivery.verdict.disabledBy(webhook.name)
    case 'sending':
    case 'expired':
      return because(text.delivery.verdict[state])
  }
}
