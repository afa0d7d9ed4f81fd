import { ScrollArea, SimpleGrid, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { useNamed } from '../api/use-address.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { DeliveriesPicture } from '../parts/deliveries-picture.tsx'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { HowItWent } from '../parts/how-it-went.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { Page } from '../parts/page.tsx'
import { useTab } from '../parts/use-tab.ts'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { EditWebhook } from './edit-webhook.tsx'
import { ReceiverTab } from './receiver-tab.tsx'
import { WebhookFacts } from './webhook-facts.tsx'
import { WebhookHealth } from './webhook-health.tsx'
import { WebhookMenu } from './webhook-menu.tsx'
import { WebhookSettingsTab } from './webhook-settings.tsx'

/** One webhook: whether it is all right, what went to it, how it is set, and how its receiver verifies requests. */
export function WebhookPage() {
  const text = useText()
  const { team = '', webhook: id = '' } = useNamed()
  const found = useQuery({ queryKey: ['webhooks', team, id], queryFn: () => client.webhooks.get(id) })
  if (found.data !== undefined)
    return isOf(found.data, team) ? (
      <OneWebhook team={team} webhook={found.data} />
    ) : (
      <OfAnotherTeam webhook={found.data} />
    )
  if (!found.isError) return <Waiting title={text.webhooks.webhook} />
  return <RefusedPage title={text.webhooks.webhook} refused={found} />
}

/** The address may name the team in any spelling, and by its id. */
function isOf(webhook: Webhook, team: string): boolean {
  return team.startsWith('team_') || webhook.team.toLowerCase() === team.toLowerCase()
}

function OfAnotherTeam({ webhook: { id, name, team } }: { readonly webhook: Webhook }) {
  const text = useText()
  return (
    <Page title={text.webhooks.webhook}>
      <EmptyState
        title={text.webhook.belongsTo(team)}
        action={<PageLink to={`/teams/${team}/webhooks/${id}`}>{name}</PageLink>}
      />
    </Page>
  )
}

function OneWebhook({ team, webhook }: { readonly team: string; readonly webhook: Webhook }) {
  const text = useText()
  const navigate = useNavigate()
  const [tab, openTab] = useTab(['deliveries', 'settings', 'receiver'])
  const [isEditing, { open: edit, close }] = useDisclosure()
  const { id, name } = webhook
  const isMember = useIsMember(team)
  return (
    <Page
      title={name}
      kind="webhook"
      action={
        <WebhookMenu
          webhook={webhook}
          team={team}
          onEdit={edit}
          onDeleted={() => void navigate({ to: `/teams/${team}/webhooks` })}
        />
      }
    >
      <WebhookHealth webhook={webhook} team={team} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <HowItWent of={{ webhook: id }} usual="24h">
          {(past) => <DeliveriesPicture past={past} />}
        </HowItWent>
        <WebhookFacts webhook={webhook} />
      </SimpleGrid>
      <Tabs value={tab} onChange={openTab} keepMounted={false}>
        <ScrollArea type="never">
          <Tabs.List style={{ flexWrap: 'nowrap' }}>
            <Tabs.Tab value="deliveries">{text.webhook.tabs.deliveries}</Tabs.Tab>
            <Tabs.Tab value="settings">{text.webhook.tabs.settings}</Tabs.Tab>
            <Tabs.Tab value="receiver">{text.webhook.tabs.receiver}</Tabs.Tab>
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value="deliveries" pt="md">
          <DeliveryTable
            query={{ webhook: id }}
            whenEmpty={
              <EmptyState
                title={text.automations.nothingSent}
                body={text.webhook.nothingSentBody}
                action={isMember && <PageLink to="/automations/new?step=event">{text.automations.create}</PageLink>}
              />
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="settings" pt="md">
          <WebhookSettingsTab webhook={webhook} team={team} onEdit={edit} />
        </Tabs.Panel>
        <Tabs.Panel value="receiver" pt="md">
          <ReceiverTab webhook={webhook} team={team} />
        </Tabs.Panel>
      </Tabs>
      {isEditing && <EditWebhook team={team} webhook={webhook} onClose={close} />}
    </Page>
  )
}
