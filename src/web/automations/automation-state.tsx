import type { Automation } from '../../contract/automation.ts'
import { StatusMark, type Meaning } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

export type AutomationState = 'on' | 'off' | 'paused' | 'misconfigured'

const meanings: Readonly<Record<AutomationState, Meaning>> = {
  on: 'good',
  off: 'idle',
  paused: 'warn',
  misconfigured: 'bad',
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
  return <StatusMark meaning={meanings[state]} label={text.automations.states[state]} />
}
