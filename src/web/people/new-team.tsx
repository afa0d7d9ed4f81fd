import { NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client, queries } from '../api/client.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'

/** A team of an organization that one administers; its members come next. */
export function NewTeam({
  organizations,
  onClose,
}: {
  readonly organizations: readonly string[]
  readonly onClose: () => void
}) {
  const text = useText()
  const navigate = useNavigate()
  const [organization, setOrganization] = useState(organizations[0] ?? '')
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => client.teams.create(organization, { name: name.trim() }),
    onSuccess: async (team) => {
      await queries.invalidateQueries({ queryKey: ['me'] })
      onClose()
      await navigate({ to: '/teams/$team/members', params: { team: team.name } })
    },
  })
  return (
    <FormDialog
      title={text.people.newTeam}
      verb={text.registry.create}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      {organizations.length > 1 && (
        <NativeSelect
          label={text.registry.organization}
          value={organization}
          data={[...organizations]}
          onChange={({ currentTarget }) => setOrganization(currentTarget.value)}
        />
      )}
      <TextInput
        label={text.common.name}
        description={text.setUp.nameHelp}
        value={name}
        maxLength={64}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </FormDialog>
  )
}
