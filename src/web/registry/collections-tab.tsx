import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'
import { Chips } from './editable-chips.tsx'
import { NewCollection } from './new-collection.tsx'
import { collectionPath } from './paths.ts'
import { canWrite, usePlacePath } from './use-place.ts'

export function CollectionsTab({ place }: { readonly place: Project }) {
  const text = useText()
  const address = usePlacePath()(place)
  const [creating, setCreating] = useState(false)
  const pages = usePages(['collections', place.id], (page) => client.collections.list(place.id, page))
  const create = canWrite(place) && <Button onClick={() => setCreating(true)}>{text.registry.newCollection}</Button>
  const isEmpty = pages.data?.pages[0]?.items.length === 0
  return (
    <Stack gap="md">
      {!isEmpty && <Group justify="flex-end">{create}</Group>}
      <Listing
        label={text.registry.collections}
        pages={pages}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: text.registry.collection,
            card: 'name',
            cell: ({ name }) => (
              <Anchor component={Link} to={collectionPath(address, name)}>
                {name}
              </Anchor>
            ),
          },
          { heading: text.registry.type, card: 'mark', cell: ({ type }) => type },
          { heading: text.registry.tags, cell: ({ tags }) => <Chips items={tags} /> },
          {
            heading: text.registry.description,
            cell: ({ description }) =>
              description !== null && (
                <Text size="sm" lineClamp={2}>
                  {description}
                </Text>
              ),
          },
          { heading: text.registry.made, cell: (collection) => <Moment at={collection.created_at} /> },
        ]}
        whenEmpty={
          <EmptyState title={text.registry.noCollections} body={text.registry.noCollectionsBody} action={create} />
        }
      />
      {creating && <NewCollection place={place} address={address} onClose={() => setCreating(false)} />}
    </Stack>
  )
}
