import { Button, ScrollArea, Tabs, Text } from '@mantine/core'
import type { Project } from '../../contract/project.ts'
import { client } from '../api/client.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { AutomationsTab } from './automations-tab.tsx'
import { CollectionsTab } from './collections-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { placeName } from './paths.ts'
import { PlaceCrumbs } from './place-crumbs.tsx'
import { PlaceSettings } from './place-settings.tsx'
import { mayAutomate, useAddressName, usePlace } from './use-place.ts'
import { useTab } from '../parts/use-tab.ts'

export function RegistryPage() {
  return <LoadedPlace />
}

export function ProjectPage() {
  return <LoadedPlace />
}

function LoadedPlace() {
  const name = useAddressName()
  const place = usePlace()
  if (place.isError) return <RefusedPage title={name} refused={place} />
  if (place.data === undefined) return <Waiting title={name} />
  // Dialogs and fields begin anew at another place.
  return <PlacePage key={place.data.id} place={place.data} />
}

const registryTabs = ['collections', 'automations', 'history', 'settings'] as const
const projectTabs = ['collections', 'automations', 'history', 'runs', 'settings'] as const

function PlacePage({ place }: { readonly place: Project }) {
  const text = useText()
  const [tab, openTab] = useTab(place.is_registry ? registryTabs : projectTabs)
  const role = text.registry.roles[place.role]
  return (
    <Page title={placeName(place)} kind={place.is_registry ? 'registry' : 'project'}>
      <PlaceCrumbs place={place} />
      <Text c="dimmed" size="sm">
        {place.is_registry ? text.registry.registryOf(place.entity, role) : text.registry.projectOf(place.entity, role)}
      </Text>
      <Tabs value={tab} onChange={openTab} keepMounted={false}>
        <ScrollArea type="never">
          <Tabs.List style={{ flexWrap: 'nowrap' }}>
            <Tabs.Tab value="collections">
              {place.is_registry ? text.registry.collections : text.registry.artifacts}
            </Tabs.Tab>
            <Tabs.Tab value="automations">{text.registry.automations}</Tabs.Tab>
            <Tabs.Tab value="history">{text.registry.history}</Tabs.Tab>
            {!place.is_registry && <Tabs.Tab value="runs">{text.registry.runs}</Tabs.Tab>}
            <Tabs.Tab value="settings">{text.registry.settings}</Tabs.Tab>
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value="collections" pt="md">
          <CollectionsTab place={place} />
        </Tabs.Panel>
        <Tabs.Panel value="automations" pt="md">
          <AutomationsTab
            scope={place.id}
            note={place.is_registry ? text.registry.automationsNote : text.registry.projectAutomationsNote}
            createFor={mayAutomate(place) ? `project:${place.id}` : undefined}
            fetchPage={(page) => client.automations.listOfProject(place.id, page)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <HistoryTab place={place} />
        </Tabs.Panel>
        {!place.is_registry && (
          <Tabs.Panel value="runs" pt="md">
            <EmptyState
              title={text.registry.noRuns}
              body={text.registry.noRunsBody}
              action={
                <Button variant="default" onClick={() => openTab('collections')}>
                  {text.registry.artifacts}
                </Button>
              }
            />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="settings" pt="md">
          <PlaceSettings place={place} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
