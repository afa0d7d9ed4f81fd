import { Button, Divider, Group, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import { client, queries } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { placeName } from './paths.ts'
import { RegistryRoles } from './registry-roles.tsx'
import { seesEvents } from './use-place.ts'

/** What an admin decides about a place; others read it. */
export function PlaceSettings({ place }: { readonly place: Project }) {
  const text = useText()
  const isAdmin = place.role === 'admin'
  const [visibility, setVisibility] = useState(place.visibility ?? 'organization')
  const [types, setTypes] = useState(place.accepted_types ?? [])
  const [aliases, setAliases] = useState(place.protected_aliases)
  const [byMembers, setByMembers] = useState(place.automations_by_members)
  const saving = useMutation({
    mutationFn: () =>
      place.is_registry
        ? client.registries.update(place.id, {
            visibility,
            accepted_types: types.length === 0 ? null : types,
            protected_aliases: aliases,
            automations_by_members: byMembers,
          })
        : client.projects.update(place.id, { automations_by_members: byMembers }),
    onSuccess: async () => {
      for (const key of ['place', 'registries', 'projects']) await queries.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <Stack gap="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Stack gap="md">
          {!isAdmin && <Text size="sm">{text.registry.onlyAdmins}</Text>}
          {place.is_registry && (
            <>
              <Select
                label={text.registry.visibility}
                data={(['organization', 'restricted'] as const).map((value) => ({
                  value,
                  label: text.registry.visibilities[value],
                }))}
                value={visibility}
                onChange={(value) => setVisibility(value === 'restricted' ? 'restricted' : 'organization')}
                allowDeselect={false}
                disabled={!isAdmin}
              />
              <TagsInput
                label={text.registry.acceptedTypes}
                description={text.registry.acceptedTypesHelp}
                value={types}
                onChange={setTypes}
                disabled={!isAdmin}
                acceptValueOnBlur
              />
              <TagsInput
                label={text.registry.protectedAliases}
                description={text.registry.protectedAliasesHelp}
                value={aliases}
                onChange={setAliases}
                disabled={!isAdmin}
                acceptValueOnBlur
              />
            </>
          )}
          <Switch
            label={text.registry.automationsByMembers}
            checked={byMembers}
            onChange={({ currentTarget }) => setByMembers(currentTarget.checked)}
            disabled={!isAdmin}
          />
          {saving.isError && <ProblemAlert error={saving.error} />}
          {isAdmin && (
            <Group>
              <Button type="submit" loading={saving.isPending}>
                {text.common.save}
              </Button>
              <Text size="sm" role="status">
                {saving.isSuccess && text.registry.saved}
              </Text>
            </Group>
          )}
        </Stack>
      </form>
      {place.is_registry && seesEvents(place) && <RegistryRoles registry={place} />}
      {isAdmin && <DeletePlace place={place} />}
    </Stack>
  )
}

function DeletePlace({ place }: { readonly place: Project }) {
  const text = useText()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const list = place.is_registry ? 'registries' : 'projects'
  const deleting = useMutation({
    mutationFn: () => client.projects.delete(place.id),
    onSuccess: async () => {
      await navigate({ to: `/${list}` })
      await queries.invalidateQueries({ queryKey: [list] })
    },
  })
  const verb = place.is_registry ? text.registry.deleteRegistry : text.registry.deleteProject
  const close = (): void => {
    setAsking(false)
    deleting.reset()
  }
  return (
    <>
      <Divider />
      <Group>
        <Button color="bad" variant="outline" onClick={() => setAsking(true)}>
          {verb}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={text.registry.deleteTitle(placeName(place))}
          body={text.registry.deletePlaceBody}
          verb={verb}
          error={deleting.error}
          busy={deleting.isPending}
          onConfirm={() => deleting.mutate()}
          onClose={close}
        />
      )}
    </>
  )
}
