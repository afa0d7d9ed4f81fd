import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { useNamed } from '../api/use-address.ts'
import { Page } from '../parts/page.tsx'
import { isRevisionChanged } from '../parts/problem-text.ts'
import { PageLink } from '../parts/page-link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { draftOf, settingsOf, type Draft } from './draft.ts'
import { mergeDrafts } from './merge-drafts.ts'
import { useAutomation } from './use-automation.ts'
import { useDraft } from './use-draft.ts'
import { Wizard } from './wizard.tsx'

export function EditAutomationPage() {
  const text = useText()
  const { automation: id } = useNamed()
  const found = useAutomation(id)
  if (found.isError) return <RefusedPage title={text.automations.edit} refused={found} />
  if (found.data === undefined) return <Waiting title={text.automations.edit} />
  const { automation, draft } = found.data
  return automation.may_change ? (
    <EditAutomation present={automation} start={draft} />
  ) : (
    <NotForChange automation={automation} />
  )
}

/** To who may read it and no more. */
function NotForChange({ automation: { id, name, scope } }: { readonly automation: Automation }) {
  const text = useText()
  return (
    <Page title={text.wizard.editTitle(name)}>
      <Text>{text.wizard.notForChange(scope.name)}</Text>
      <PageLink to={`/automations/${id}`}>{name}</PageLink>
    </Page>
  )
}

/** A draft is a change of what it started from: where others changed that meanwhile, neither is lost without a look. */
function EditAutomation({ present, start }: { readonly present: Automation; readonly start: Draft }) {
  const text = useText()
  const navigate = useNavigate()
  const { id, name, scope } = present
  const state = useDraft(id, start, present)
  const { draft, from = present } = state
  const [comparing, setComparing] = useState(false)
  const leave = () => {
    state.drop()
    return navigate({ to: '/automations/$automation', params: { automation: id } })
  }
  const save = useMutation({
    mutationFn: ({ revision, mine }: { readonly revision: number; readonly mine: Draft }) =>
      client.automations.update(id, { revision, ...settingsOf(mine) }),
    onSuccess: async () => {
      await leave()
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['automations'] }),
        queries.invalidateQueries({ queryKey: ['automation', id] }),
      ])
    },
    onError: async (error) => {
      if (!isRevisionChanged(error)) return
      await queries.invalidateQueries({ queryKey: ['automation', id] })
      setComparing(true)
    },
  })
  const saving = {
    ...save,
    // The two are compared instead.
    error: isRevisionChanged(save.error) ? null : save.error,
    save: () => save.mutate({ revision: from.revision, mine: draft }),
  }
  return (
    <Page title={text.wizard.editTitle(name)}>
      {from.revision !== present.revision && (
        <Alert color="warn" title={text.meanwhile.title}>
          <Group justify="space-between">
            <Text size="sm">{text.meanwhile.body}</Text>
            <Button variant="default" size="xs" onClick={() => setComparing(true)}>
              {text.meanwhile.compare}
            </Button>
          </Group>
        </Alert>
      )}
      <Wizard state={state} isNew={false} scopeName={scope.name} saving={saving} />
      {comparing && (
        <ChangedMeanwhile
          from={from}
          mine={draft}
          theirs={present}
          busy={save.isPending}
          error={saving.error}
          onKeep={() =>
            save.mutate({ revision: present.revision, mine: mergeDrafts(draftOf(from, start.team), draft, start) })
          }
          onTake={() => void leave()}
          onClose={() => setComparing(false)}
        />
      )}
    </Page>
  )
}
