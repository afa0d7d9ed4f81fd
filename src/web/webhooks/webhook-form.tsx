import { Alert, Button, Drawer, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { TestPayload } from '../../contract/webhook-test.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client, queries } from '../api/client.ts'
import { heldBack } from '../api/held-back.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { isInUse, isRevisionChanged } from '../parts/problem-text.ts'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { AddressFields } from './address-fields.tsx'
import { changesOf, draftOf, emptyDraft, settingsOf, type WebhookDraft } from './draft.ts'
import { HeaderFields } from './header-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { fieldMistakesOf, mistakeAt, restOf } from './mistakes.ts'
import { SecretFields } from './secret-fields.tsx'
import { TestPanel } from './test-panel.tsx'

/** With a signing secret when it is new. */
export type SavedWebhook = Webhook & { readonly signing_secret?: string }

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
  const [draft, setDraft] = useState(webhook === undefined ? emptyDraft : draftOf(webhook))
  const [above, setAbove] = useState<'test' | 'secret'>()
  const saving = useMutation({
    mutationFn: async (force: boolean): Promise<SavedWebhook> => {
      // The name may be that of one which is leaving.
      await heldBack.sendAll()
      return webhook === undefined
        ? client.webhooks.create(team, settingsOf(draft))
        : client.webhooks.update(webhook.id, { revision: webhook.revision, ...changesOf(webhook, draft) }, { force })
    },
    onSuccess: async (saved) => {
      onSaved(saved)
      for (const key of ['webhooks', 'secrets']) await queries.invalidateQueries({ queryKey: [key, team] })
    },
    onError: async (error) => {
      if (isRevisionChanged(error)) await queries.invalidateQueries({ queryKey: ['webhooks', team] })
    },
  })
  const isUsed = isInUse(saving.error)
  const mistakes = fieldMistakesOf(saving.error)
  const rest = restOf(saving.error)
  const fields: FieldsProps = {
    draft,
    onChange: (change) => {
      setDraft((before) => ({ ...before, ...change }))
      if (isUsed) saving.reset()
    },
    mistakeAt: (field) => mistakeAt(mistakes, field, text),
  }
  const send = (payload: TestPayload | undefined) =>
    webhook === undefined
      ? client.webhooks.testUnstored(team, { webhook: settingsOf(draft), payload })
      : client.webhooks.test(webhook.id, { changes: changesOf(webhook, draft), payload })
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size={720}
        title={webhook === undefined ? text.webhooks.create : text.webhooks.editTitle(webhook.name)}
        closeOnClickOutside={false}
        // What lies above hears Escape too, and is the one to close.
        closeOnEscape={above === undefined}
        closeButtonProps={{ 'aria-label': text.common.close }}
      >
        <form
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault()
            saving.mutate(isUsed)
          }}
        >
          <Stack gap="lg">
            <AddressFields {...fields} team={team} />
            <SecretFields {...fields} team={team} onNewSecret={() => setAbove('secret')} />
            <HeaderFields {...fields} />
            <LimitFields {...fields} />
            {saving.isError && mistakes.length > 0 && (
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
          stored={webhook?.id}
          send={send}
          onClose={() => setAbove(undefined)}
        />
      )}
      {above === 'secret' && <SecretDialog team={team} onClose={() => setAbove(undefined)} />}
    </>
  )
}
