import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Stats, WebhookStats } from '../../contract/stats.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { DeliveryStateMark } from '../parts/delivery-state.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { spellMs } from '../parts/spell-time.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { WebhookState } from '../webhooks/webhook-state.tsx'
import { Sparkline } from './sparkline.tsx'

const rowsInPage = 10

interface Row {
  readonly webhook: Webhook
  readonly stats: WebhookStats
}

/** How each webhook of the team is, and how its last day went. */
export function WebhookTable({ team, lanes }: { readonly team: string; readonly lanes: Stats['lanes'] }) {
  const text = useText()
  const isAdmin = useIsAdmin(team)
  const pages = usePages<Row>(['stats', 'webhooks', team], (page) => readRows(team, page), { limit: rowsInPage })
  const isFailing = ({ id }: Webhook) => lanes.some((lane) => lane.webhook === id && lane.state === 'broken')
  return (
    <Paper withBorder p="md" component="section" aria-label={text.nav.webhooks}>
      <Stack gap="sm">
        <Title order={2}>{text.nav.webhooks}</Title>
        <Listing
          label={text.nav.webhooks}
          pages={pages}
          keyOf={({ webhook }) => webhook.id}
          whenEmpty={
            <EmptyState
              title={text.webhooks.emptyTitle}
              body={text.webhooks.emptyBody}
              action={
                isAdmin && (
                  <Button component={Link} to={`/teams/${team}/webhooks?panel=new`}>
                    {text.webhooks.create}
                  </Button>
                )
              }
            />
          }
          columns={[
            {
              heading: text.common.name,
              card: 'name',
              cell: ({ webhook }) => <PageLink to={`/teams/${team}/webhooks/${webhook.id}`}>{webhook.name}</PageLink>,
            },
            {
              heading: text.webhooks.health,
              card: 'mark',
              cell: ({ webhook }) =>
                isFailing(webhook) ? (
                  <Text size="sm" span>
                    <StatusMark meaning="bad" label={text.overview.laneStates.broken} />
                  </Text>
                ) : (
                  <WebhookState webhook={webhook} />
                ),
            },
            { heading: text.pictures.ranges['24h'], cell: ({ stats }) => <Sparkline hours={stats.hours} /> },
            {
              heading: text.overview.delivered,
              card: 'headed',
              cell: ({ stats }) => text.number(stats.hours.reduce((sum, { succeeded }) => sum + succeeded, 0)),
            },
            {
              heading: 'p99',
              card: 'headed',
              cell: ({ stats: { p99_ms: ms } }) => ms !== null && spellMs(ms, text),
            },
            {
              heading: text.overview.last,
              card: 'headed',
              cell: ({ stats: { last_delivery: last } }) =>
                last === null ? (
                  <Text size="sm" c="dimmed" span>
                    {text.automations.never}
                  </Text>
                ) : (
                  <Group gap="xs" wrap="nowrap">
                    <PageLink to={`/deliveries/${last.id}`}>
                      <DeliveryStateMark state={last.state} />
                    </PageLink>
                    <Moment at={last.finished_at} />
                  </Group>
                ),
            },
          ]}
        />
      </Stack>
    </Paper>
  )
}

/** Both lists go by the same webhooks, and so does their cursor. */
async function readRows(team: string, page: { limit: number; cursor?: string }) {
  const [webhooks, stats] = await Promise.all([client.webhooks.list(team, page), client.webhooks.listStats(team, page)])
  const of = new Map(stats.items.map((one) => [one.webhook, one]))
  const items = webhooks.items.flatMap((webhook) => {
    const known = of.get(webhook.id)
    return known === undefined ? [] : [{ id: webhook.id, webhook, stats: known }]
  })
  return { items, next: webhooks.next }
}
