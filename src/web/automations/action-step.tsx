import { Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useLayoutEffect, type RefObject } from 'react'
import { automationLimits } from '../../contract/automation.ts'
import type { Mistake } from '../../contract/problem.ts'
import { useTeam } from '../api/use-team.ts'
import { useText } from '../parts/use-text.ts'
import { MistakeList } from '../payload/mistake-list.tsx'
import { PayloadEditor } from '../payload/payload-editor.tsx'
import type { EditorHandle, Place } from '../payload/plain-editor.tsx'
import { lentBy } from '../webhooks/lent-by.ts'
import type { DraftState } from './use-draft.ts'
import { useWebhooks } from './use-webhooks.ts'
import { WebhookPicker } from './webhook-picker.tsx'

/** Who is told, and what. */
export function ActionStep({
  draft,
  change,
  mistakes,
  remarks,
  ...editor
}: Pick<DraftState, 'draft' | 'change'> & {
  readonly mistakes: readonly Mistake[]
  readonly remarks: readonly Mistake[]
  readonly values: Readonly<Record<string, unknown>>
  readonly lit: Place | undefined
  readonly onPoint: (at: Place | undefined) => void
  readonly handle: RefObject<EditorHandle | null>
  readonly memory: RefObject<unknown>
}) {
  const text = useText()
  const { teams, team } = useTeam()
  const chosen = useWebhooks(draft.sends ? draft.team : undefined).data?.find(({ id }) => id === draft.webhook)
  // Before the field is seen: a moment later somebody may have chosen another.
  useLayoutEffect(() => {
    if (draft.team === '' && team !== undefined) change({ team })
  }, [draft.team, team, change])
  const onPayload = mistakes.filter(({ pointer }) => pointer?.startsWith('#/action/template'))
  const onWebhook = mistakes.find(({ pointer }) => pointer?.startsWith('#/action/webhook'))
  return (
    <Stack>
      <Group align="end" grow preventGrowOverflow={false}>
        <NativeSelect
          label={text.wizard.team}
          value={draft.team}
          data={teams}
          disabled={!draft.sends}
          onChange={({ currentTarget }) => change({ team: currentTarget.value, webhook: '' })}
        />
        <NativeSelect
          label={text.wizard.type}
          value={draft.sends ? 'webhook' : 'no_op'}
          data={[
            { value: 'webhook', label: text.wizard.webhooks },
            { value: 'no_op', label: text.wizard.recordOnly },
          ]}
          onChange={({ currentTarget }) => change({ sends: currentTarget.value === 'webhook' })}
        />
      </Group>
      {!draft.sends && <Text size="sm">{text.wizard.recordOnlyNote}</Text>}
      {draft.sends && (
        <>
          <WebhookPicker
            team={draft.team}
            value={draft.webhook}
            error={onWebhook && text.server(onWebhook.detail)}
            onChange={(webhook) => change({ webhook })}
          />
          <PayloadEditor
            {...editor}
            value={draft.template}
            mistakes={onPayload}
            remarks={remarks}
            eventType={draft.eventType}
            secrets={chosen === undefined ? [] : lentBy(chosen)}
            onChange={(template) => change({ template })}
          />
          <MistakeList
            template={draft.template}
            mistakes={onPayload}
            remarks={remarks}
            bytesMax={automationLimits.templateCharsMax}
            onFix={(template) => change({ template })}
            onGo={(place) => editor.handle.current?.goTo(place)}
          />
        </>
      )}
    </Stack>
  )
}
