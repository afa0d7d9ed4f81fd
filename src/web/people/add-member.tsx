import { NativeSelect, PasswordInput, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'
import { useAdministered } from './use-administered.ts'

export type MemberKind = Person['kind']

/** Somebody of the organization by name, somebody new to it where one administers it, or a service account of the team. */
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
  const organization = useAdministered(team)
  const [name, setName] = useState('')
  const [role, setRole] = useState<'admin' | 'member' | 'viewer'>('member')
  const [isNew, setNew] = useState(false)
  const [password, setPassword] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      if (kind === 'service') return client.people.createServiceAccount(team, { name, role })
      if (isNew && organization !== undefined) await client.people.create(organization, { name, password })
      return client.teams.members.set(team, name, role)
    },
    gcTime: 0,
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
        description={
          kind === 'service' ? text.people.serviceHelp : isNew ? text.setUp.nameHelp : text.people.memberHelp
        }
        value={name}
        maxLength={64}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {kind === 'person' && organization !== undefined && (
        <Switch
          label={text.people.isNew(organization)}
          checked={isNew}
          onChange={({ currentTarget }) => setNew(currentTarget.checked)}
        />
      )}
      {isNew && (
        <PasswordInput
          label={text.people.firstPassword}
          description={text.people.firstPasswordHelp}
          value={password}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': text.signIn.show, tabIndex: 0 }}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
      )}
      <NativeSelect
        label={text.people.role}
        value={role}
        data={(['admin', 'member', 'viewer'] as const).map((value) => ({ value, label: text.people.roles[value] }))}
        onChange={({ currentTarget }) => setRole(currentTarget.value as typeof role)}
      />
    </FormDialog>
  )
}
