import { Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { showRefusal } from '../parts/show-refusal.tsx'
import { showUndo } from '../parts/show-undo.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { automationMarks } from './automation-state.tsx'

/** Acts at once and can be undone; only a word to whoever may not change it. */
export function AutomationSwitch({ automation }: { readonly automation: Automation }) {
  const text = useText()
  const { id, name, enabled } = automation
  const turn = useMutation({
    mutationFn: (on: boolean) => (on ? client.automations.enable(id) : client.automations.disable(id)),
    onSuccess: (_changed, on) => {
      if (on) notifications.hide(id)
      else showUndo({ id, message: text.automations.turnedOff(name), text, onUndo: () => turn.mutate(true) })
    },
    onError: (error) => showRefusal({ error, text }),
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['automations'] }),
        queries.invalidateQueries({ queryKey: ['automation', id] }),
      ])
    },
  })
  if (!automation.may_change) {
    const state = enabled ? 'on' : 'off'
    return <StatusMark {...automationMarks[state]} label={text.automations.states[state]} />
  }
  return (
    <Switch
      aria-label={text.automations.isOn(name)}
      checked={turn.isPending ? turn.variables : enabled}
      onChange={({ currentTarget }) => turn.mutate(currentTarget.checked)}
    />
  )
}
