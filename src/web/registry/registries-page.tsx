import { Button } from '@mantine/core'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useMe } from '../api/use-me.ts'
import { useNewPanel } from '../api/use-panel.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { NewRegistry } from './new-registry.tsx'
import { placeColumns } from './place-counts.tsx'
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
        columns={placeColumns(pathOf, text)}
        whenEmpty={
          <EmptyState title={text.registry.emptyRegistries} body={text.registry.emptyRegistriesBody} action={create} />
        }
      />
      {administered.length > 0 && creating && <NewRegistry organizations={administered} onClose={close} />}
    </Page>
  )
}
