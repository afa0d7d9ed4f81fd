import type { Delivery } from '../../contract/delivery.ts'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellMs } from '../parts/spell-time.ts'
import type { Words } from '../text/words.ts'

/** What has become of a delivery, in a sentence. */
export function spellVerdict(delivery: Delivery, text: Words): string {
  const { state, reason, attempt_list: attempts, finished_at: end, created_at: start } = delivery
  const last = attempts.at(-1)
  const status = last?.status ?? null
  if (status !== null && state === 'succeeded' && end !== null)
    return text.delivery.verdict.accepted(status, spellMs(Date.parse(end) - Date.parse(start), text), attempts.length)
  if (status !== null && state === 'failed' && attempts.length > 1)
    return text.delivery.verdict.givenUp(attempts.length, status)
  if (status !== null && state === 'waiting') return text.delivery.verdict.answered(status)
  if (last !== undefined && state === 'waiting') return text.delivery.verdict.met(spellOutcome(last, text))
  const verdict = text.delivery.verdict[state]
  return reason === null ? verdict : text.delivery.verdict.because(verdict, text.server(reason))
}
