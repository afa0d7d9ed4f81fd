import { Autocomplete, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import { client, queries } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { collectionPath } from './paths.ts'

const usualTypes = ['model', 'dataset']

export function NewCollection({
  place,
  address,
  onClose,
}: {
  readonly place: Project
  readonly address: string
  readonly onClose: () => void
}) {
  const text = useText()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [type, setType] = useState(place.accepted_types?.[0] ?? 'model')
  const [description, setDescription] = useState('')
  const making = useMutation({
    mutationFn: () =>
      client.collections.create(place.id, {
        name: name.trim(),
        type: type.trim(),
        description: description.trim() === '' ? null : description.trim(),
      }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['collections', place.id] })
      await navigate({ to: collectionPath(address, made.name) })
    },
  })
  return (
    <FormDialog
      title={text.registry.newCollection}
      verb={text.registry.create}
      busy={making.isPending}
      error={making.error}
      onSubmit={() => making.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={text.common.name}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
      />
      <Autocomplete
        label={text.registry.type}
        description={text.registry.typeHelp}
        data={place.accepted_types ?? usualTypes}
        value={type}
        onChange={setType}
        required
        withAsterisk={false}
      />
      <Textarea
        label={`${text.registry.description} ${text.common.optional}`}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
