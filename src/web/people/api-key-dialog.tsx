import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queries } from '../api/client.ts'
import { CopyCode } from '../parts/copy-code.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'

/** A new API key, of oneself or of a service account; shown this once. */
export function ApiKeyDialog({ person, onClose }: { readonly person?: string; readonly onClose: () => void }) {
  const text = useText()
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => client.apiKeys.create({ name, ...(person === undefined ? {} : { person }) }),
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  if (create.data !== undefined)
    return (
      <Modal
        opened
        onClose={onClose}
        title={text.people.newKey}
        withCloseButton={false}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <Stack gap="sm">
          <Text size="sm">{text.people.keyOnce}</Text>
          <CopyCode code={create.data.key} label={text.people.key} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{text.webhooks.stored}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <FormDialog
      title={person === undefined ? text.people.newKey : text.people.newKeyOf(person)}
      verb={text.people.newKey}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={text.people.keyName}
        description={text.people.keyNameHelp}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </FormDialog>
  )
}
