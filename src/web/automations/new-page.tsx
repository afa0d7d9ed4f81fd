import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { client, queries } from '../api/client.ts'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { createAutomation } from './ask.ts'
import { answersOf, emptyDraft, parseScope, settingsOf, type Draft } from './draft.ts'
import { useAutomation } from './use-automation.ts'
import { useDraft } from './use-draft.ts'
import { Wizard } from './wizard.tsx'

export function NewAutomationPage() {
  const text = useText()
  const { copy, scope, from } = useSearched()
  const copied = useAutomation(copy)
  const seen = useQuery({
    queryKey: ['event', from],
    queryFn: () => client.events.get(from!),
    enabled: from !== undefined,
  })
  if (copied.isLoading || seen.isLoading) return <Waiting title={text.wizard.title} />
  const start: Draft = {
    ...emptyDraft,
    ...(seen.data === undefined ? {} : answersOf(seen.data)),
    ...(copied.data === undefined ? {} : { ...copied.data.draft, name: text.wizard.copyOf(copied.data.draft.name) }),
    ...(scope === undefined ? {} : { scope: parseScope(scope) }),
  }
  // What is begun from an automation or an event goes on with nothing else that was begun.
  const key = copy ?? from ?? scope ?? 'new'
  return <NewAutomation key={key} start={start} draftKey={key} />
}

function NewAutomation({ start, draftKey }: { readonly start: Draft; readonly draftKey: string }) {
  const text = useText()
  const navigate = useNavigate()
  const state = useDraft(draftKey, start)
  const create = useMutation({
    mutationFn: () => createAutomation(state.draft.scope, settingsOf(state.draft)),
    onSuccess: async ({ id, enabled }) => {
      state.drop()
      notifications.show({ role: 'status', color: 'good', message: text.wizard.created[enabled ? 'on' : 'off'] })
      await queries.invalidateQueries({ queryKey: ['automations'] })
      await navigate({ to: '/automations/$automation', params: { automation: id } })
    },
  })
  return (
    <Page title={text.wizard.title}>
      <Wizard state={state} isNew saving={{ ...create, save: () => create.mutate() }} />
    </Page>
  )
}
