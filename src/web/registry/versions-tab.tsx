import { Anchor, Button, Group, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSearched } from '../api/use-address.ts'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'
import { Chips } from './editable-chips.tsx'
import { LinkVersion } from './link-version.tsx'
import { NewVersion } from './new-version.tsx'
import { canWrite } from './use-place.ts'
import { VersionDrawer } from './version-drawer.tsx'

export function VersionsTab({ place, collection }: { readonly place: Project; readonly collection: Collection }) {
  const text = useText()
  const { version: opened }: { readonly version?: string } = useSearched()
  const navigate = useNavigate()
  const open = (version?: string): void => {
    void navigate({ to: '.', search: version === undefined ? {} : { version }, replace: version === undefined })
  }
  const [adding, setAdding] = useState(false)
  const pages = usePages(['versions', collection.id], (page) => client.versions.list(collection.id, page))
  const isPortfolio = collection.kind === 'portfolio'
  const add = canWrite(place) && (
    <Button onClick={() => setAdding(true)}>
      {isPortfolio ? text.registry.linkVersion : text.registry.newVersion}
    </Button>
  )
  const isEmpty = pages.data?.pages[0]?.items.length === 0
  const AddDialog = isPortfolio ? LinkVersion : NewVersion
  return (
    <Stack gap="md">
      {!isEmpty && <Group justify="flex-end">{add}</Group>}
      <Listing
        label={text.registry.versions}
        pages={pages}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: text.registry.version,
            card: 'name',
            cell: (version) => {
              const name = version.version ?? text.registry.pending
              return (
                <Anchor
                  component="button"
                  type="button"
                  aria-label={text.registry.openVersion(name)}
                  onClick={() => open(version.version ?? version.id)}
                >
                  {name}
                </Anchor>
              )
            },
          },
          {
            heading: text.registry.aliases,
            card: 'mark',
            cell: ({ aliases }) => <Chips items={aliases} locked={place.protected_aliases} />,
          },
          { heading: text.registry.tags, cell: ({ tags }) => <Chips items={tags} /> },
          { heading: text.registry.source, card: 'headed', cell: (version) => version.source_run },
          { heading: text.registry.by, card: 'headed', cell: ({ author }) => author },
          { heading: text.registry.made, cell: (version) => <Moment at={version.created_at} /> },
        ]}
        whenEmpty={<EmptyState title={text.registry.noVersions} body={text.registry.noVersionsBody} action={add} />}
      />
      {adding && <AddDialog collection={collection} onClose={() => setAdding(false)} />}
      {opened !== undefined && (
        <VersionDrawer key={opened} place={place} collection={collection} named={opened} onClose={() => open()} />
      )}
    </Stack>
  )
}
