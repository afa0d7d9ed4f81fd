import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { ResetPassword } from './reset-password.tsx'
import { ServiceKeys } from './service-keys.tsx'
import { useAdministered } from './use-administered.ts'

/** What admins of a team do with one of its members; a password is for admins of the organization. */
export function MemberMenu({ team, person }: { readonly team: string; readonly person: Person }) {
  const text = useText()
  const [asked, setAsked] = useState<'keys' | 'password' | 'remove'>()
  const isSelf = useMe().data?.id === person.id
  const mayReset = useAdministered(team) !== undefined && person.kind === 'person' && !isSelf
  const close = () => setAsked(undefined)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={text.common.actions(person.name)}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {person.kind === 'service' && <Menu.Item onClick={() => setAsked('keys')}>{text.people.keys}</Menu.Item>}
          {mayReset && <Menu.Item onClick={() => setAsked('password')}>{text.people.resetPassword}</Menu.Item>}
          <Menu.Item color="bad" onClick={() => setAsked('remove')}>
            {text.people.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'keys' && <ServiceKeys person={person.name} onClose={close} />}
      {asked === 'password' && <ResetPassword person={person.name} onClose={close} />}
      {asked === 'remove' && <RemoveMember team={team} person={person} onClose={close} />}
    </>
  )
}

function RemoveMember({
  team,
  person,
  onClose,
}: {
  readonly team: string
  readonly person: Person
  readonly onClose: () => void
}) {
  const text = useText()
  const remove = useMutation({
    mutationFn: () => client.teams.members.remove(team, person.name),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: ['members', team] })
    },
  })
  return (
    <Confirm
      title={text.people.removeTitle(person.name)}
      body={text.people.removeBody}
      verb={text.people.remove}
      error={remove.error}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
