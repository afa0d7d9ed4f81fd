import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client, queries } from '../api/client.ts'
import { CopyCode } from '../parts/copy-code.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'
import { ShownOnce } from './shown-once.tsx'

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
      <ShownOnce
        title={text.people.newKey}
        note={text.people.keyOnce}
        label={text.people.key}
        value={create.data.key}
        onClose={onClose}
      >
        <CopyCode code={snippetOf(create.data.key)} label={text.people.keyUse} />
      </ShownOnce>
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

/** How the command line and programs are told of it. */
function snippetOf(key: string): string {
  return `export SIGNALBOX_URL=${location.origin}\nexport SIGNALBOX_API_KEY=${key}\nsignalbox me`
}
