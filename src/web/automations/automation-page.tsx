import { Button, Group, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useNamed } from '../api/use-address.ts'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { Page } from '../parts/page.tsx'
import { useTab } from '../parts/use-tab.ts'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { AutomationMenu } from './automation-menu.tsx'
import { AutomationStateMark } from './automation-state.tsx'
import { AutomationSwitch } from './automation-switch.tsx'
import { scopePath } from './scope-path.ts'
import { ChangesTab } from './changes-tab.tsx'
import { SummaryTab } from './summary-tab.tsx'

/** One automation: what it does, what it sent, and how it came to say what it says. */
export function AutomationPage() {
  const text = useText()
  const navigate = useNavigate()
  const [tab, openTab] = useTab(['summary', 'history', 'changes'])
  const { automation: id = '' } = useNamed()
  const organizations = useMe().data?.organizations ?? []
  const found = useQuery({ queryKey: ['automation', id], queryFn: () => client.automations.get(id) })
  if (found.isPending) return <Waiting title={text.automations.name} />
  if (found.isError) return <RefusedPage title={text.automations.name} refused={found} />
  const automation = found.data
  return (
    <Page
      title={automation.name}
      kind="automation"
      action={
        <Group gap="sm">
          <AutomationSwitch automation={automation} />
          {automation.may_change && (
            <Button component={Link} to={`/automations/${id}/edit`} variant="default" aria-keyshortcuts="e">
              {text.automations.edit}
            </Button>
          )}
          <AutomationMenu automation={automation} onDeleted={() => void navigate({ to: '/automations' })} />
        </Group>
      }
    >
      <AutomationStateMark automation={automation} />
      <Tabs value={tab} onChange={openTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="summary">{text.automations.tabs.summary}</Tabs.Tab>
          <Tabs.Tab value="history">{text.automations.tabs.history}</Tabs.Tab>
          <Tabs.Tab value="changes">{text.automations.tabs.changes}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="summary" pt="md">
          <SummaryTab automation={automation} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <DeliveryTable
            query={{ automation: id }}
            whenEmpty={
              <EmptyState
                title={text.automations.nothingSent}
                body={text.history.emptyBody}
                action={<PageLink to={scopePath(automation, organizations)}>{text.automations.goToScope}</PageLink>}
              />
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt="md">
          <ChangesTab automation={automation} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
