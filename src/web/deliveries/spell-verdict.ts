import type { Delivery } from '../../contract/delivery.ts'
import { spellMs } from '../parts/spell-time.ts'
import type { Words } from '../text/words.ts'

/** What has become of a delivery, in a sentence. */
export function spellVerdict(delivery: Delivery, text: Words): string {
  const { state, reason, attempt_list: attempts, finished_at: end, created_at: start } = delivery
  const status = attempts.at(-1)?.status ?? null
  if (status !== null && state === 'succeeded' && end !== null)
    return text.delivery.verdict.accepted(status, spellMs(Date.parse(end) - Date.parse(start), text), attempts.length)
  if (status !== null && state === 'failed' && attempts.length > 1)
    return text.delivery.verdict.givenUp(attempts.length, status)
  if (status !== null && state === 'waiting') return text.delivery.verdict.answered(status)
  return reason === null ? text.delivery.verdict[state] : `${text.delivery.verdict[state]} ${text.server(reason)}`
}
