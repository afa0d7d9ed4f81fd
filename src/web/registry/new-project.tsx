import { Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Me } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { usePlacePath } from './use-place.ts'

export function NewProject({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const text = useText()
  const navigate = useNavigate()
  const pathOf = usePlacePath()
  const owners = [...me.teams.filter(({ role }) => role !== 'viewer').map((team) => team.name), me.name]
  const [name, setName] = useState('')
  const [owner, setOwner] = useState(owners[0] ?? me.name)
  const making = useMutation({
    mutationFn: () => client.projects.create({ team: owner, name: name.trim() }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['projects'] })
      await navigate({ to: pathOf(made) })
    },
  })
  return (
    <FormDialog
      title={text.registry.newProject}
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
      <Select
        label={text.registry.owner}
        data={owners}
        value={owner}
        onChange={(value) => setOwner(value ?? owner)}
        allowDeselect={false}
      />
    </FormDialog>
  )
}
