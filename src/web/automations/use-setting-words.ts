import { useQueries } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import type { Settings, SettingWords } from './diff-settings.ts'

/** With the names of the webhooks that these settings send to, as far as the reader may see them. */
export function useSettingWords(all: readonly Settings[]): SettingWords {
  const text = useText()
  const ids = [...new Set(all.flatMap(({ action }) => (action.type === 'webhook' ? [action.webhook] : [])))]
  const found = useQueries({
    queries: ids.map((id) => ({ queryKey: ['webhook', id], queryFn: () => client.webhooks.get(id), retry: false })),
  })
  const names = new Map(ids.map((id, index) => [id, found[index]?.data?.name]))
  return {
    event: text.eventTitle,
    // Webhooks of two teams may have one name.
    webhook: (id) => [names.get(id), id].filter((part) => part !== undefined).join(' · '),
    on: text.automations.states.on,
    off: text.automations.states.off,
    recordOnly: text.history.nothing,
  }
}
