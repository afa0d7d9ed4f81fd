import { Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { automationLimits } from '../../contract/automation.ts'
import { useText } from '../parts/use-text.ts'
import type { DraftState } from './use-draft.ts'

export function DetailsStep({
  draft,
  change,
  nameError,
}: Pick<DraftState, 'draft' | 'change'> & { readonly nameError: string | undefined }) {
  const text = useText()
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
    </Stack>
  )
}
