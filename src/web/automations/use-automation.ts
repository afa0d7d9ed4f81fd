import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { draftOf } from './draft.ts'

/** An automation, and as a draft; the draft's team is that of its webhook. */
export function useAutomation(id: string | undefined) {
  return useQuery({
    queryKey: ['automation', id, 'draft'],
    queryFn: async () => {
      const automation = await client.automations.get(id!)
      const { action } = automation
      const webhook =
        action.type === 'webhook' ? await client.webhooks.get(action.webhook).catch(() => undefined) : undefined
      return { automation, draft: draftOf(automation, webhook?.team ?? '') }
    },
    enabled: id !== undefined,
    gcTime: 0,
  })
}
