import { Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client, queries } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { usePlacePath } from './use-place.ts'

type Visibility = 'organization' | 'restricted'

export function NewRegistry({
  organizations,
  onClose,
}: {
  readonly organizations: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
}) {
  const text = useText()
  const navigate = useNavigate()
  const pathOf = usePlacePath()
  const [name, setName] = useState('')
  const [organization, setOrganization] = useState(organizations[0]?.id ?? '')
  const [visibility, setVisibility] = useState<Visibility>('organization')
  const making = useMutation({
    mutationFn: () => client.registries.create({ organization, name: name.trim(), visibility }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['registries'] })
      await navigate({ to: pathOf(made) })
    },
  })
  const visibilities: readonly Visibility[] = ['organization', 'restricted']
  return (
    <FormDialog
      title={text.registry.newRegistry}
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
      {organizations.length > 1 && (
        <Select
          label={text.registry.organization}
          data={organizations.map(({ id, name: label }) => ({ value: id, label }))}
          value={organization}
          onChange={(value) => setOrganization(value ?? organization)}
          allowDeselect={false}
        />
      )}
      <Select
        label={text.registry.visibility}
        data={visibilities.map((value) => ({ value, label: text.registry.visibilities[value] }))}
        value={visibility}
        onChange={(value) => setVisibility(value === 'restricted' ? 'restricted' : 'organization')}
        allowDeselect={false}
      />
    </FormDialog>
  )
}
