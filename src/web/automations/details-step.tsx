import { Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useLayoutEffect } from 'react'
import { automationLimits } from '../../contract/automation.ts'
import { Moment } from '../parts/moment.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { useText } from '../parts/use-text.ts'
import { useLastTest } from '../webhooks/last-test.ts'
import { proposeName } from './propose-name.ts'
import type { StepName } from './steps.ts'
import type { DraftState } from './use-draft.ts'
import { useScopeName } from './use-scope-name.ts'
import { useWebhookName } from './use-webhooks.ts'

/** A name, which is proposed, and once more what was answered before. */
export function DetailsStep({
  draft,
  change,
  nameError,
  answers,
  scopeName,
  onGo,
}: Pick<DraftState, 'draft' | 'change'> & {
  readonly nameError: string | undefined
  readonly answers: Readonly<Record<StepName, string>>
  /** Of what stands already. */
  readonly scopeName: string | undefined
  readonly onGo: (step: StepName) => void
}) {
  const text = useText()
  const webhook = useWebhookName(draft.sends && draft.webhook !== '' ? draft.webhook : undefined)
  const where = useScopeName(draft.scope)
  // Before the field is seen: a moment later somebody may have typed a name.
  useLayoutEffect(() => {
    if (draft.name === '' && (webhook !== undefined || !draft.sends))
      change({ name: proposeName(draft, webhook, text) })
    // Once, when this step is come to: a name that somebody empties stays empty.
  }, [webhook])
  const place = scopeName ?? where ?? draft.scope.ref
  const to = draft.sends ? text.automations.sends(webhook ?? '…') : text.automations.records
  const told: readonly (readonly [what: string, answer: string, step: StepName])[] = [
    [text.wizard.where, place, 'event'],
    [text.wizard.steps.event, answers.event, 'event'],
    [text.wizard.steps.action, answers.action, 'action'],
  ]
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
      <Text style={{ overflowWrap: 'anywhere' }}>{text.automations.sentence(answers.event, place, to)}</Text>
      {told.map(([what, answer, step]) => (
        <Group key={what} gap="xs" wrap="nowrap">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <strong>{what}:</strong> {answer}
          </Text>
          <Button
            variant="subtle"
            size="compact-sm"
            flex="none"
            aria-label={text.wizard.changeStep(what)}
            onClick={() => onGo(step)}
          >
            {text.wizard.change}
          </Button>
        </Group>
      ))}
      {draft.sends && draft.webhook !== '' && <LastTest webhook={draft.webhook} />}
    </Stack>
  )
}

function LastTest({ webhook }: { readonly webhook: string }) {
  const text = useText()
  const last = useLastTest(webhook)
  if (last === undefined)
    return (
      <Text size="sm" c="dimmed">
        {text.wizard.notTested}
      </Text>
    )
  const { outcome, response, explanation } = last.test
  return (
    <Text size="sm">
      {text.webhook.lastTest} <Moment at={last.at} />:{' '}
      {spellOutcome({ outcome, status: response?.status ?? null, explanation }, text)}
    </Text>
  )
}
