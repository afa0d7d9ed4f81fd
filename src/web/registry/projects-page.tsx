import { Button } from '@mantine/core'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useMe } from '../api/use-me.ts'
import { useNewPanel } from '../api/use-panel.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { NewProject } from './new-project.tsx'
import { placeColumns } from './place-counts.tsx'
import { usePlacePath } from './use-place.ts'

/** The projects of one's teams, and one's own. */
export function ProjectsPage() {
  const text = useText()
  const pathOf = usePlacePath()
  const me = useMe().data
  const [creating, open, close] = useNewPanel()
  const pages = usePages(['projects'], async (page) => {
    const { items, next } = await client.projects.list(page)
    return { items: items.filter((project) => !project.is_registry), next }
  })
  const create = me !== undefined && <Button onClick={open}>{text.registry.newProject}</Button>
  const isEmpty = pages.data?.pages[0]?.items.length === 0
  return (
    <Page title={text.registry.projects} action={!isEmpty && create}>
      <Listing
        label={text.registry.projects}
        pages={pages}
        keyOf={({ id }) => id}
        columns={placeColumns(pathOf, text)}
        whenEmpty={
          <EmptyState title={text.registry.emptyProjects} body={text.registry.emptyProjectsBody} action={create} />
        }
      />
      {creating && me !== undefined && <NewProject me={me} onClose={close} />}
    </Page>
  )
}
