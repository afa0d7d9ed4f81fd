import { ScrollArea, Tabs, Text } from '@mantine/core'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { Page } from '../parts/page.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { useTab } from '../parts/use-tab.ts'
import { Waiting } from '../parts/waiting.tsx'
import { AutomationsTab } from './automations-tab.tsx'
import { CollectionAbout } from './collection-about.tsx'
import { PlaceCrumbs } from './place-crumbs.tsx'
import { mayAutomate, useAddressName, useCollection, usePlace } from './use-place.ts'
import { VersionsTab } from './versions-tab.tsx'

/** One collection, of a registry or of a project. */
export function CollectionPage() {
  const name = useAddressName()
  const place = usePlace()
  const collection = useCollection(place.data)
  const failed = [place, collection].find(({ isError }) => isError)
  if (failed !== undefined) return <RefusedPage title={name} refused={failed} />
  if (place.data === undefined || collection.data === undefined) return <Waiting title={name} />
  return <LoadedCollection key={collection.data.id} place={place.data} collection={collection.data} />
}

function LoadedCollection({ place, collection }: { readonly place: Project; readonly collection: Collection }) {
  const text = useText()
  const [tab, openTab] = useTab(['versions', 'automations', 'about'])
  return (
    <Page title={collection.name} kind="collection">
      <PlaceCrumbs place={place} collection={collection} />
      <Text c="dimmed" size="sm">
        {collection.type}
      </Text>
      <Tabs value={tab} onChange={openTab} keepMounted={false}>
        <ScrollArea type="never">
          <Tabs.List style={{ flexWrap: 'nowrap' }}>
            <Tabs.Tab value="versions">{text.registry.versions}</Tabs.Tab>
            <Tabs.Tab value="automations">{text.registry.automations}</Tabs.Tab>
            <Tabs.Tab value="about">{text.registry.about}</Tabs.Tab>
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab place={place} collection={collection} />
        </Tabs.Panel>
        <Tabs.Panel value="automations" pt="md">
          <AutomationsTab
            scope={collection.id}
            note={text.registry.collectionAutomationsNote}
            createFor={mayAutomate(place) ? `collection:${collection.id}` : undefined}
            fetchPage={(page) => client.automations.listOfCollection(collection.id, page)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="about" pt="md">
          <CollectionAbout place={place} collection={collection} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
