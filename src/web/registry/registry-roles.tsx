import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Grant, Project } from '../../contract/project.ts'
import { client, queries } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { Listing } from '../parts/listing.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

const roles = ['admin', 'member', 'viewer', 'restricted_viewer'] as const
type RegistryRole = (typeof roles)[number]

/** Roles that this registry itself gives, to teams and to single people. */
export function RegistryRoles({ registry }: { readonly registry: Project }) {
  const text = useText()
  const isAdmin = registry.role === 'admin'
  const key = ['grants', registry.id]
  const grants = usePages<Grant>(key, (page) => client.registries.listGrants(registry.id, page))
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  const set = useMutation({
    mutationFn: ({ name, role }: { readonly name: string; readonly role: RegistryRole }) =>
      client.registries.setGrant(registry.id, name, role),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: (name: string) => client.registries.removeGrant(registry.id, name),
    onSettled: refresh,
  })
  const options = roles.map((value) => ({ value, label: text.registry.roles[value] }))
  const error = set.error ?? remove.error
  return (
    <Stack gap="sm">
      <Title order={2}>{text.registry.rolesTitle}</Title>
      <Listing
        label={text.registry.rolesTitle}
        pages={grants}
        keyOf={({ id }) => id}
        whenEmpty={<Text c="dimmed">{text.registry.noRoles}</Text>}
        columns={[
          { heading: text.common.name, card: 'name', cell: ({ name }) => name },
          { heading: text.people.kind, cell: ({ kind }) => text.registry.granteeKinds[kind] },
          {
            heading: text.people.role,
            card: 'mark',
            cell: ({ name, role }) =>
              isAdmin ? (
                <NativeSelect
                  aria-label={text.people.roleOf(name)}
                  size="xs"
                  value={role}
                  data={options}
                  onChange={({ currentTarget }) => set.mutate({ name, role: currentTarget.value as RegistryRole })}
                />
              ) : (
                text.registry.roles[role]
              ),
          },
          {
            heading: text.common.menu,
            card: 'menu',
            cell: ({ name }) =>
              isAdmin && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={text.people.removeTitle(name)}
                  onClick={() => remove.mutate(name)}
                >
                  {text.people.remove}
                </Button>
              ),
          },
        ]}
      />
      {error !== null && <ProblemAlert error={error} />}
      {isAdmin && <GiveRole options={options} onGive={(name, role) => set.mutate({ name, role })} />}
    </Stack>
  )
}

function GiveRole({
  options,
  onGive,
}: {
  readonly options: { readonly value: RegistryRole; readonly label: string }[]
  readonly onGive: (name: string, role: RegistryRole) => void
}) {
  const text = useText()
  const [name, setName] = useState('')
  const [role, setRole] = useState<RegistryRole>('viewer')
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault()
        if (name.trim() !== '') onGive(name.trim(), role)
        setName('')
      }}
    >
      <Group align="end">
        <TextInput
          label={text.registry.grantee}
          value={name}
          maxLength={64}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <NativeSelect
          label={text.people.role}
          value={role}
          data={options}
          onChange={({ currentTarget }) => setRole(currentTarget.value as RegistryRole)}
        />
        <Button type="submit" variant="default">
          {text.registry.giveRole}
        </Button>
      </Group>
    </form>
  )
}
