import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { TestPayload } from '../../contract/webhook-test.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { AddressFields } from './address-fields.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { changesOf, draftOf, emptyDraft, settingsOf, type WebhookDraft } from './draft.ts'
import { HeaderFields } from './header-fields.tsx'
import { lentBy } from './lent-by.ts'
import { LimitFields } from './limit-fields.tsx'
import { fieldMistakesOf, mistakeAt, restOf } from './mistakes.ts'
import { SecretFields } from './secret-fields.tsx'
import type { ScriptSource } from './shell-script.tsx'
import { TestPanel } from './test-panel.tsx'
import { useSave, type SavedWebhook } from './use-save.ts'

/** Every group of fields takes these. */
export interface FieldsProps {
  readonly draft: WebhookDraft
  readonly onChange: (change: Partial<WebhookDraft>) => void
  /** What the server found wrong at a field. */
  readonly mistakeAt: (field: string) => string | null
}

/** A new webhook, or changes to one. */
export function WebhookForm({
  team,
  webhook,
  onSaved,
  onClose,
}: {
  readonly team: string
  readonly webhook: Webhook | undefined
  readonly onSaved: (saved: SavedWebhook) => void
  readonly onClose: () => void
}) {
  const text = useText()
  // What the draft is a change of, however often it is read again meanwhile.
  const [from] = useState(webhook)
  const [draft, setDraft] = useState(from === undefined ? emptyDraft : draftOf(from))
  const [above, setAbove] = useState<'test' | 'secret' | 'meanwhile'>()
  const saving = useSave({ team, from, draft, onSaved, onChangedMeanwhile: () => setAbove('meanwhile') })
  const { isUsed, theirs } = saving
  const mistakes = fieldMistakesOf(saving.error)
  const rest = restOf(saving.error)
  const fields: FieldsProps = {
    draft,
    onChange: (change) => {
      setDraft((before) => ({ ...before, ...change }))
      if (isUsed) saving.forgetError()
    },
    mistakeAt: (field) => mistakeAt(mistakes, field, text),
  }
  const send = (payload: TestPayload | undefined) =>
    from === undefined
      ? client.webhooks.testUnstored(team, { webhook: settingsOf(draft), payload })
      : client.webhooks.test(from.id, { changes: changesOf(from, draft), payload })
  const script: ScriptSource =
    from === undefined
      ? {
          of: [team, settingsOf(draft)],
          write: () => client.webhooks.scriptUnstored(team, { webhook: settingsOf(draft) }),
        }
      : {
          of: [from.id, changesOf(from, draft)],
          write: () => client.webhooks.scriptChanged(from.id, { changes: changesOf(from, draft) }),
        }
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size={720}
        title={from === undefined ? text.webhooks.create : text.webhooks.editTitle(from.name)}
        closeOnClickOutside={false}
        // What lies above hears Escape too, and is the one to close.
        closeOnEscape={above === undefined}
        closeButtonProps={{ 'aria-label': text.common.close }}
      >
        <form
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault()
            saving.save()
          }}
        >
          <Stack gap="lg">
            {theirs !== undefined && (
              <Alert color="warn" title={text.meanwhile.title}>
                <Group justify="space-between">
                  <Text size="sm">{text.meanwhile.body}</Text>
                  <Button variant="default" size="xs" onClick={() => setAbove('meanwhile')}>
                    {text.meanwhile.compare}
                  </Button>
                </Group>
              </Alert>
            )}
            <AddressFields {...fields} team={team} />
            <SecretFields {...fields} team={team} onNewSecret={() => setAbove('secret')} />
            <HeaderFields {...fields} />
            <LimitFields {...fields} />
            {mistakes.length > 0 && (
              <Alert color="bad" role="alert" title={text.wizard.mistakes(mistakes.length)}>
                {mistakes.map(({ path, detail }) => (
                  <div key={`${path} ${detail}`}>{text.server(detail)}</div>
                ))}
              </Alert>
            )}
            {rest !== null && <ProblemAlert error={rest} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {text.common.cancel}
              </Button>
              <Button variant="default" onClick={() => setAbove('test')}>
                {text.webhooks.test}
              </Button>
              <Button type="submit" loading={saving.isPending}>
                {isUsed ? text.webhooks.saveAnyway : text.webhooks.save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Drawer>
      {above === 'test' && (
        <TestPanel
          name={draft.name.trim() === '' ? text.webhooks.unnamed : draft.name.trim()}
          url={draft.url.trim()}
          secrets={lentBy(settingsOf(draft))}
          script={script}
          send={send}
          onClose={() => setAbove(undefined)}
        />
      )}
      {above === 'meanwhile' && from !== undefined && theirs !== undefined && (
        <ChangedMeanwhile
          team={team}
          from={from}
          mine={draft}
          theirs={theirs}
          keep={isUsed ? text.webhooks.saveAnyway : text.meanwhile.keep}
          busy={saving.isPending}
          error={saving.error}
          onKeep={saving.keepMine}
          onTake={onClose}
          onClose={() => setAbove(undefined)}
        />
      )}
      {above === 'secret' && <SecretDialog team={team} onClose={() => setAbove(undefined)} />}
    </>
  )
}
