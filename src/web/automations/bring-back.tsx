import { Button, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Automation, AutomationRevision } from '../../contract/automation.ts'
import type { EventType } from '../../contract/event-types.ts'
import { client, queries } from '../api/client.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'
import { diffSettings, type SettingWords } from './diff-settings.ts'
import { SettingChanges } from './setting-changes.tsx'

/** Says again what it said then. Asks first, unless it is but the switch that differs. */
export function BringBack({
  automation,
  revision,
  words,
}: {
  readonly automation: Automation
  readonly revision: AutomationRevision
  readonly words: SettingWords
}) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const { id } = automation
  const { name, description, enabled, filter, action, fires_per_minute_max } = revision
  const update = useMutation({
    mutationFn: () =>
      client.automations.update(id, {
        revision: automation.revision,
        name,
        description,
        enabled,
        filter,
        action,
        fires_per_minute_max,
        event_type: revision.event_type as EventType,
        // It was taken so once.
        strict: false,
      }),
    onSuccess: () => setAsking(false),
    onError: () => setAsking(true),
    // Also where it was refused because somebody else changed it meanwhile.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['automations'] }),
        queries.invalidateQueries({ queryKey: ['automation', id] }),
      ]),
  })
  // Whether it is paused is no setting: pausing and resuming have verbs of their own.
  const changes = diffSettings(automation, revision, words).filter((change) => change.name !== 'paused')
  if (changes.length === 0) return null
  const verb = text.changes.bringBack(revision.revision)
  const isSwitch = changes.every((change) => change.name === 'enabled')
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={update.isPending}
        onClick={() => (isSwitch ? update.mutate() : setAsking(true))}
      >
        {verb}
      </Button>
      {asking && (
        <FormDialog
          title={verb}
          verb={verb}
          busy={update.isPending}
          error={update.error}
          onSubmit={() => update.mutate()}
          onClose={() => {
            setAsking(false)
            update.reset()
          }}
        >
          <Text size="sm">{text.changes.bringBackNote}</Text>
          <SettingChanges changes={changes} />
        </FormDialog>
      )}
    </>
  )
}
