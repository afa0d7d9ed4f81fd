import { Button, Group, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useNamed } from '../api/use-address.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useMe } from '../api/use-me.ts'
import { ForAdmins } from '../parts/for-admins.tsx'
import { Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import { AddMember, type MemberKind } from './add-member.tsx'
import { MemberMenu } from './member-menu.tsx'
import { NewTeam } from './new-team.tsx'

const roles = ['admin', 'member', 'viewer'] as const
type Role = (typeof roles)[number]

interface RoleChange {
  readonly name: string
  readonly role: Role
  readonly before: Role
}

type Opened = { readonly kind: 'add'; readonly of: MemberKind } | { readonly kind: 'team' }

/** People and service accounts of a team, and what they may do; admins change it. */
export function MembersPage() {
  const text = useText()
  const { team = '' } = useNamed()
  const [opened, setOpened] = useState<Opened>()
  const close = () => setOpened(undefined)
  const members = usePages<Person>(['members', team], (page) => client.teams.members.list(team, page))
  const refresh = () => queries.invalidateQueries({ queryKey: ['members', team] })
  const setRole = useMutation({
    mutationFn: ({ name, role }: RoleChange) => client.teams.members.set(team, name, role),
    onSuccess: (_set, { name, role, before }) =>
      showUndo({
        id: `role-${name}`,
        message: text.people.hasRole(name, text.people.roles[role]),
        text,
        onUndo: () => undoRole.mutate({ name, role: before }),
      }),
    onSettled: refresh,
  })
  const undoRole = useMutation({
    mutationFn: ({ name, role }: Omit<RoleChange, 'before'>) => client.teams.members.set(team, name, role),
    onSettled: refresh,
  })
  const isAdmin = useIsAdmin(team)
  const administered = (useMe().data?.organizations ?? [])
    .filter(({ role }) => role === 'admin')
    .map(({ name }) => name)
  return (
    <Page
      title={text.people.members}
      action={
        isAdmin && (
          <Group gap="xs">
            {administered.length > 0 && (
              <Button variant="default" onClick={() => setOpened({ kind: 'team' })}>
                {text.people.newTeam}
              </Button>
            )}
            <Button variant="default" onClick={() => setOpened({ kind: 'add', of: 'service' })}>
              {text.people.newServiceAccount}
            </Button>
            <Button onClick={() => setOpened({ kind: 'add', of: 'person' })}>{text.people.addMember}</Button>
          </Group>
        )
      }
    >
      {!isAdmin && <ForAdmins team={team} />}
      {(setRole.error ?? undoRole.error) !== null && <ProblemAlert error={setRole.error ?? undoRole.error} />}
      <Listing
        label={text.people.members}
        pages={members}
        keyOf={({ id }) => id}
        whenEmpty={null}
        columns={[
          { heading: text.common.name, card: 'name', cell: ({ name }) => name },
          { heading: text.people.kind, cell: ({ kind }) => text.people.kinds[kind] },
          {
            heading: text.people.role,
            card: 'mark',
            cell: ({ name, role }) =>
              isAdmin && role !== null ? (
                <NativeSelect
                  aria-label={text.people.roleOf(name)}
                  size="xs"
                  value={role}
                  data={roles.map((value) => ({ value, label: text.people.roles[value] }))}
                  onChange={({ currentTarget }) =>
                    setRole.mutate({ name, role: currentTarget.value as Role, before: role })
                  }
                />
              ) : (
                role !== null && text.people.roles[role]
              ),
          },
          {
            heading: text.common.menu,
            card: 'menu',
            cell: (person) => isAdmin && <MemberMenu team={team} person={person} />,
          },
        ]}
      />
      {opened?.kind === 'add' && <AddMember team={team} kind={opened.of} onClose={close} />}
      {opened?.kind === 'team' && <NewTeam organizations={administered} onClose={close} />}
    </Page>
  )
}
