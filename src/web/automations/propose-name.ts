import { automationLimits } from '../../contract/automation.ts'
import type { Words } from '../text/words.ts'
import { regexFieldOf, type Draft } from './draft.ts'

/** A name that says what it waits for and who is told: `Alias ^prod → deploy-bot`. */
export function proposeName({ eventType, regex, sends }: Draft, webhook: string | undefined, text: Words): string {
  const field = regexFieldOf(eventType)
  const cause = field === undefined || regex === '' ? text.eventTitle(eventType) : text.wizard.causes[field](regex)
  const name = sends && webhook !== undefined ? `${cause} → ${webhook}` : cause
  return name.slice(0, automationLimits.nameCharsMax)
}
