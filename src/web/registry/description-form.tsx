import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../parts/problem-text.ts'
import { useText } from '../parts/use-text.ts'

/** What somebody says of a version or a collection; an empty one is none. */
export function DescriptionForm({
  description,
  canEdit,
  save,
}: {
  readonly description: string | null
  readonly canEdit: boolean
  readonly save: (description: string | null) => Promise<void>
}) {
  const text = useText()
  const [typed, setTyped] = useState(description ?? '')
  const saving = useMutation({ mutationFn: () => save(typed.trim() === '' ? null : typed.trim()) })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={text.registry.description}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          readOnly={!canEdit}
          error={problemText(saving.error, text)}
          autosize
          minRows={2}
        />
        {canEdit && (
          <Group>
            <Button type="submit" variant="default" loading={saving.isPending}>
              {text.common.save}
            </Button>
            <Text size="sm" role="status">
              {saving.isSuccess && text.registry.saved}
            </Text>
          </Group>
        )}
      </Stack>
    </form>
  )
}
