import { Anchor, Drawer, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Project } from '../../contract/project.ts'
import type { Collection, VersionDetails } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { Moment } from '../parts/moment.tsx'
import { Awaited } from '../parts/awaited.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { DescriptionForm } from './description-form.tsx'
import { EditableChips } from './editable-chips.tsx'
import { fullNamePath } from './paths.ts'
import { refreshVersions } from './refresh-versions.ts'
import { SetOff } from './set-off.tsx'
import { canWrite, seesEvents } from './use-place.ts'
import { VersionActions } from './version-actions.tsx'
import { VersionMetadata } from './version-metadata.tsx'

/** `latest` moves with the newest version: the server keeps it. */
const keptAliases = ['latest']

/** One version as it stands in this collection, and what its changes set off. */
export function VersionDrawer({
  place,
  collection,
  named,
  onClose,
}: {
  readonly place: Project
  readonly collection: Collection
  /** `v3`, or the id of a pending one. */
  readonly named: string
  readonly onClose: () => void
}) {
  const text = useText()
  const ref = /^art_\d+$/.test(named) ? named : `${collection.full_name}:${named}`
  const query = useQuery({ queryKey: ['version', ref], queryFn: () => client.versions.get(ref) })
  const version = query.data
  const name = version?.version ?? (version === undefined ? named : text.registry.pending)
  const canEdit = canWrite(place)
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={`${collection.name} ${name}`}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Awaited heights={[24, 80, 80, 160]} />}
      {version !== undefined && (
        <Stack gap="lg">
          <Group gap="xs">
            <Text size="sm">{version.author}</Text>
            <Text size="sm" c="dimmed">
              <Moment at={version.created_at} />
            </Text>
          </Group>
          <Places version={version} collection={collection} />
          <EditableChips
            label={text.registry.aliases}
            fieldLabel={text.registry.alias}
            addLabel={text.registry.addAlias}
            help={text.registry.aliasNote}
            items={version.aliases}
            locked={place.protected_aliases}
            kept={keptAliases}
            canEdit={canEdit && version.version !== null}
            removeLabel={text.registry.removeAlias}
            add={(alias) =>
              client.collections
                .addAliases(collection.id, { version: version.id, aliases: [alias] })
                .then(refreshVersions)
            }
            remove={(alias) => client.collections.removeAlias(collection.id, alias).then(refreshVersions)}
          />
          {seesEvents(place) && <SetOff place={place} collection={collection} version={version} />}
          <EditableChips
            label={text.registry.tags}
            fieldLabel={text.registry.tag}
            addLabel={text.registry.addTag}
            items={version.tags}
            canEdit={canEdit}
            removeLabel={text.registry.removeTag}
            add={(tag) => client.versions.addTags(version.id, [tag]).then(refreshVersions)}
            remove={(tag) => client.versions.removeTag(version.id, tag).then(refreshVersions)}
          />
          {(canEdit || version.description !== null) && (
            <DescriptionForm
              key={version.id}
              description={version.description}
              canEdit={canEdit}
              save={(description) => client.versions.update(version.id, { description }).then(refreshVersions)}
            />
          )}
          <VersionMetadata version={version} canEdit={canEdit} />
          {canEdit && <VersionActions collection={collection} version={version} name={name} onGone={onClose} />}
        </Stack>
      )}
    </Drawer>
  )
}

/** Where it was made, and where else it is linked. */
function Places({ version, collection }: { readonly version: VersionDetails; readonly collection: Collection }) {
  const text = useText()
  const organizations = useMe().data?.organizations ?? []
  const others = version.memberships.filter((membership) => membership.collection !== collection.id)
  if (others.length === 0) return null
  return (
    <Stack gap={4}>
      {others.map((membership) => (
        <Text key={membership.collection} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span inherit c="dimmed">
            {membership.source ? text.registry.source : text.registry.linkedIn}
          </Text>{' '}
          <Anchor component={Link} inherit to={fullNamePath(membership.full_name, organizations)}>
            {membership.full_name}
          </Anchor>
        </Text>
      ))}
    </Stack>
  )
}
