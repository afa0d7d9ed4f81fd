import type { Automation } from '../../contract/automation.ts'
import { StatusMark, type Mark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

export type AutomationState = 'on' | 'off' | 'paused' | 'misconfigured'

export const automationMarks: Readonly<Record<AutomationState, Mark>> = {
  on: { meaning: 'good', shape: 'tick' },
  off: { meaning: 'idle', shape: 'bars' },
  paused: { meaning: 'warn', shape: 'triangle' },
  misconfigured: { meaning: 'bad', shape: 'cross' },
}

/** What keeps it from sending comes first. */
export function stateOf({ enabled, paused_reason, misconfigured }: Automation): AutomationState {
  if (misconfigured !== null) return 'misconfigured'
  if (!enabled) return 'off'
  return paused_reason === null ? 'on' : 'paused'
}

export function AutomationStateMark({ automation }: { readonly automation: Automation }) {
  const text = useText()
  const state = stateOf(automation)
  return <StatusMark {...automationMarks[state]} label={text.automations.states[state]} />
}
