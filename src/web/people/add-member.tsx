import { NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'

export type MemberKind = Person['kind']

/** Somebody of the organization by name, or a service account that is made for the team. */
export function AddMember({
  team,
  kind,
  onClose,
}: {
  readonly team: string
  readonly kind: MemberKind
  readonly onClose: () => void
}) {
  const text = useText()
  const [name, setName] = useState('')
  const [role, setRole] = useState<'admin' | 'member' | 'viewer'>('member')
  const add = useMutation({
    mutationFn: async () => {
      if (kind === 'service') await client.people.createServiceAccount(team, { name, role })
      else await client.teams.members.set(team, name, role)
    },
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: ['members', team] })
    },
  })
  const verb = kind === 'service' ? text.people.newServiceAccount : text.people.addMember
  return (
    <FormDialog
      title={verb}
      verb={verb}
      busy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={text.common.name}
        description={kind === 'service' ? text.people.serviceHelp : text.people.memberHelp}
        value={name}
        maxLength={64}
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NativeSelect
        label={text.people.role}
        value={role}
        data={(['admin', 'member', 'viewer'] as const).map((value) => ({ value, label: text.people.roles[value] }))}
        onChange={({ currentTarget }) => setRole(currentTarget.value as typeof role)}
      />
    </FormDialog>
  )
}
