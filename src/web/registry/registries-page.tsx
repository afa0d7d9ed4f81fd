import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useMe } from '../api/use-me.ts'
import { useNewPanel } from '../api/use-panel.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { NewRegistry } from './new-registry.tsx'
import { placeName } from './paths.ts'
import { usePlacePath } from './use-place.ts'

/** The registries one may see, of all one's organizations. */
export function RegistriesPage() {
  const text = useText()
  const pathOf = usePlacePath()
  const [creating, open, close] = useNewPanel()
  const pages = usePages(['registries'], (page) => client.registries.list(page))
  const administered = useMe().data?.organizations.filter(({ role }) => role === 'admin') ?? []
  const create = administered.length > 0 && <Button onClick={open}>{text.registry.newRegistry}</Button>
  const isEmpty = pages.data?.pages[0]?.items.length === 0
  return (
    <Page title={text.registry.registries} action={!isEmpty && create}>
      <Listing
        label={text.registry.registries}
        pages={pages}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: text.common.name,
            card: 'name',
            cell: (registry) => (
              <Anchor component={Link} to={pathOf(registry)}>
                {placeName(registry)}
              </Anchor>
            ),
          },
          { heading: text.registry.organization, cell: ({ entity }) => entity },
          {
            heading: text.registry.visibility,
            cell: ({ visibility }) => visibility !== null && text.registry.visibilities[visibility],
          },
          { heading: text.registry.role, card: 'mark', cell: ({ role }) => text.registry.roles[role] },
        ]}
        whenEmpty={
          <EmptyState title={text.registry.emptyRegistries} body={text.registry.emptyRegistriesBody} action={create} />
        }
      />
      {administered.length > 0 && creating && <NewRegistry organizations={administered} onClose={close} />}
    </Page>
  )
}
