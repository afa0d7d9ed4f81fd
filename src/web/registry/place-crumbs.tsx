import { Anchor, Breadcrumbs, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { collectionPath, placeName } from './paths.ts'
import { SiblingMenu } from './sibling-menu.tsx'
import { usePlacePath } from './use-place.ts'

const page = { limit: 100 } as const

/** Where a place or a collection is, and what stands beside it there. */
export function PlaceCrumbs({ place, collection }: { readonly place: Project; readonly collection?: Collection }) {
  const text = useText()
  const pathOf = usePlacePath()
  const address = pathOf(place)
  return (
    <Breadcrumbs component="nav" aria-label={text.registry.whereThisIs} style={{ flexWrap: 'wrap' }}>
      <Anchor component={Link} to={place.is_registry ? '/registries' : '/projects'}>
        {place.is_registry ? text.registry.registries : text.registry.projects}
      </Anchor>
      <Crumb name={placeName(place)} to={collection && address}>
        <SiblingMenu
          label={place.is_registry ? text.registry.switchRegistry : text.registry.switchProject}
          queryKey={[place.is_registry ? 'registries' : 'projects', 'siblings']}
          load={async () => {
            const { items, next } = await client[place.is_registry ? 'registries' : 'projects'].list(page)
            const alike = items.filter(({ is_registry: isRegistry }) => isRegistry === place.is_registry)
            return {
              items: alike.map((one) => ({ id: one.id, name: placeName(one), note: one.entity, to: pathOf(one) })),
              next,
            }
          }}
        />
      </Crumb>
      {collection !== undefined && (
        <Crumb name={collection.name}>
          <SiblingMenu
            label={text.registry.switchCollection}
            queryKey={['collections', place.id, 'siblings']}
            load={async () => {
              const { items, next } = await client.collections.list(place.id, page)
              return {
                items: items.map(({ id, name, type }) => ({ id, name, note: type, to: collectionPath(address, name) })),
                next,
              }
            }}
          />
        </Crumb>
      )}
    </Breadcrumbs>
  )
}

function Crumb({
  name,
  to,
  children,
}: {
  readonly name: string
  readonly to?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <Group gap={2} wrap="nowrap">
      {to === undefined ? (
        <Text aria-current="page" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      ) : (
        <Anchor component={Link} to={to} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Anchor>
      )}
      {children}
    </Group>
  )
}
