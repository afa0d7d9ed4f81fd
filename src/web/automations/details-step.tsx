import { Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { automationLimits } from '../../contract/automation.ts'
import { useText } from '../parts/use-text.ts'
import { proposeName } from './propose-name.ts'
import type { StepName } from './step-list.tsx'
import type { DraftState } from './use-draft.ts'
import { useWebhookName } from './use-webhooks.ts'

/** A name, which is proposed, and once more what was answered before. */
export function DetailsStep({
  draft,
  change,
  nameError,
  answers,
  onGo,
}: Pick<DraftState, 'draft' | 'change'> & {
  readonly nameError: string | undefined
  readonly answers: Readonly<Record<StepName, string>>
  readonly onGo: (step: StepName) => void
}) {
  const text = useText()
  const webhook = useWebhookName(draft.sends && draft.webhook !== '' ? draft.webhook : undefined)
  useEffect(() => {
    if (draft.name === '' && (webhook !== undefined || !draft.sends))
      change({ name: proposeName(draft, webhook, text) })
    // Once, when this step is come to: a name that somebody empties stays empty.
  }, [webhook])
  return (
    <Stack>
      <TextInput
        label={text.wizard.name}
        value={draft.name}
        maxLength={automationLimits.nameCharsMax}
        error={nameError}
        data-autofocus
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Textarea
        label={text.wizard.description}
        value={draft.description}
        maxLength={automationLimits.descriptionCharsMax}
        autosize
        minRows={2}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
      <Switch
        label={text.wizard.enabled}
        checked={draft.enabled}
        onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
      />
      {(['event', 'action'] as const).map((step) => (
        <Group key={step} gap="xs" wrap="nowrap">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <strong>{text.wizard.steps[step]}:</strong> {answers[step]}
          </Text>
          <Button
            variant="subtle"
            size="compact-sm"
            flex="none"
            aria-label={text.wizard.changeStep(text.wizard.steps[step])}
            onClick={() => onGo(step)}
          >
            {text.wizard.change}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}
