import type { Attempt } from '../../contract/delivery.ts'
import type { Words } from '../text/words.ts'

/** What an attempt met in a few words: `204 accepted`, `Name not found`. */
export function spellOutcome(
  { outcome, status, explanation }: Pick<Attempt, 'outcome' | 'status' | 'explanation'>,
  text: Words,
): string {
  if (explanation !== null) return text.server(explanation.title)
  return status === null ? text.delivery.outcomes[outcome] : `${status} ${text.delivery.outcomes[outcome]}`
}
