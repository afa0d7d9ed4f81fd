import { automationStateOf, type Automation, type AutomationState } from '../../contract/automation.ts'
import { StatusMark, type Mark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

export const automationMarks: Readonly<Record<AutomationState, Mark>> = {
  on: { meaning: 'good', shape: 'tick' },
  off: { meaning: 'idle', shape: 'bars' },
  paused: { meaning: 'warn', shape: 'triangle' },
  misconfigured: { meaning: 'bad', shape: 'cross' },
}

export function AutomationStateMark({ automation }: { readonly automation: Automation }) {
  const text = useText()
  const state = automationStateOf(automation)
  return <StatusMark {...automationMarks[state]} label={text.automations.states[state]} />
}
