import { automationLimits } from '../../contract/automation.ts'
import type { Words } from '../text/words.ts'
import type { Draft } from './draft.ts'

/** A name that says what it waits for and who is told: `^prod → deploy-bot`. */
export function proposeName({ eventType, regex, sends }: Draft, webhook: string | undefined, text: Words): string {
  const cause = regex === '' ? text.eventTitle(eventType) : regex
  const name = sends && webhook !== undefined ? `${cause} → ${webhook}` : cause
  return name.slice(0, automationLimits.nameCharsMax)
}
