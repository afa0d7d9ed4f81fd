import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useNamed, useSearched } from '../api/use-address.ts'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { Page } from '../parts/page.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { createAutomation } from './ask.ts'
import { actionOf, draftOf, emptyDraft, filterOf, parseScope, type Draft } from './draft.ts'
import { useDraft } from './use-draft.ts'
import { Wizard } from './wizard.tsx'

export function NewAutomationPage() {
  const text = useText()
  const { copy, scope, event } = useSearched()
  const copied = useAutomation(copy)
  const seen = useQuery({
    queryKey: ['event', event],
    queryFn: () => client.events.get(event!),
    enabled: event !== undefined,
  })
  if (copied.isLoading || seen.isLoading) return <Waiting title={text.wizard.title} />
  const start: Draft = {
    ...emptyDraft,
    ...(seen.data === undefined ? {} : { eventType: seen.data.type as Draft['eventType'] }),
    ...(copied.data === undefined ? {} : { ...copied.data, name: text.wizard.copyOf(copied.data.name) }),
    ...(scope === undefined ? {} : { scope: parseScope(scope) }),
  }
  return <NewAutomation key={copy ?? scope ?? ''} start={start} draftKey={copy ?? scope ?? 'new'} />
}

function NewAutomation({ start, draftKey }: { readonly start: Draft; readonly draftKey: string }) {
  const text = useText()
  const navigate = useNavigate()
  const state = useDraft(draftKey, start)
  const create = useMutation({
    mutationFn: () => createAutomation(state.draft.scope, settingsOf(state.draft)),
    onSuccess: async ({ id }) => {
      state.drop()
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

export function EditAutomationPage() {
  const text = useText()
  const { automation: id } = useNamed()
  const found = useQuery({
    queryKey: ['automation', id],
    queryFn: () => client.automations.get(id!),
    staleTime: Infinity,
  })
  const start = useAutomation(id)
  if (found.isError)
    return (
      <Page title={text.automations.edit}>
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    )
  if (found.data === undefined || start.data === undefined) return <Waiting title={text.automations.edit} />
  return <EditAutomation automation={found.data} start={start.data} />
}

function EditAutomation({ automation, start }: { readonly automation: Automation; readonly start: Draft }) {
  const text = useText()
  const navigate = useNavigate()
  const { id, name, revision, scope } = automation
  const state = useDraft(`${id}-${revision}`, start)
  const save = useMutation({
    mutationFn: () => client.automations.update(id, { revision, ...settingsOf(state.draft) }),
    onSuccess: async () => {
      state.drop()
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['automations'] }),
        queries.invalidateQueries({ queryKey: ['automation', id] }),
      ])
      await navigate({ to: '/automations/$automation', params: { automation: id } })
    },
  })
  return (
    <Page title={text.wizard.editTitle(name)}>
      <Wizard state={state} isNew={false} scopeName={scope.name} saving={{ ...save, save: () => save.mutate() }} />
    </Page>
  )
}

/** An automation as a draft; the team is that of its webhook. */
function useAutomation(id: string | undefined) {
  return useQuery({
    queryKey: ['automation', id, 'draft'],
    queryFn: async () => {
      const automation = await client.automations.get(id!)
      const { action } = automation
      const webhook =
        action.type === 'webhook' ? await client.webhooks.get(action.webhook).catch(() => undefined) : undefined
      return draftOf(automation, webhook?.team ?? '')
    },
    enabled: id !== undefined,
    gcTime: 0,
  })
}

function settingsOf(draft: Draft) {
  return {
    name: draft.name,
    description: draft.description === '' ? null : draft.description,
    enabled: draft.enabled,
    event_type: draft.eventType,
    filter: filterOf(draft),
    action: actionOf(draft),
  }
}
