import { Button, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DeliveryQuery, DeliverySummary } from '../../contract/delivery.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useHeldBack } from '../api/use-held-back.ts'
import { DeliveryStateMark } from './delivery-state.tsx'
import { Listing } from './listing.tsx'
import { Moment } from './moment.tsx'
import { PageLink } from './page-link.tsx'
import { useText } from './use-text.ts'

interface TableProps {
  readonly query: Partial<DeliveryQuery>
  readonly whenEmpty: ReactNode
}

/** Deliveries, newest first, of whatever the query names. New ones wait while somebody is at the list. */
export function DeliveryTable(props: TableProps) {
  return <Deliveries key={JSON.stringify(props.query)} {...props} />
}

function Deliveries({ query, whenEmpty }: TableProps) {
  const text = useText()
  const all = usePages<DeliverySummary>(['deliveries', query], (page) => client.deliveries.list({ ...query, ...page }))
  const { place, pages, fresh, show } = useHeldBack(all)
  return (
    <div ref={place}>
      <div role="status">
        {fresh > 0 && (
          <Button variant="light" size="compact-sm" onClick={show}>
            {text.history.fresh(fresh)}
          </Button>
        )}
      </div>
      <Listing
        label={text.history.title}
        pages={pages}
        keyOf={({ id }) => id}
        whenEmpty={whenEmpty}
        columns={[
          {
            heading: text.common.state,
            cell: ({ state, attempts }) => <DeliveryStateMark state={state} attempts={attempts} />,
          },
          { heading: text.history.delivery, cell: (delivery) => <Route delivery={delivery} /> },
          {
            heading: text.history.what,
            cell: ({ event_type, reason }) => (
              <>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {event_type === null ? null : text.eventTitle(event_type)}
                </Text>
                {reason !== null && (
                  <Text size="xs" c="dimmed">
                    {reason}
                  </Text>
                )}
              </>
            ),
          },
          { heading: text.history.attempts, cell: ({ attempts }) => attempts },
          { heading: text.common.when, cell: ({ created_at }) => <Moment at={created_at} /> },
        ]}
      />
    </div>
  )
}

function Route({ delivery }: { readonly delivery: DeliverySummary }) {
  const text = useText()
  return <PageLink to={`/deliveries/${delivery.id}`}>{spellRoute(delivery, text.history)}</PageLink>
}

/** From what to where: an automation, and the webhook it sends to. */
export function spellRoute(
  { automation_name, webhook, webhook_name }: DeliverySummary,
  words: { readonly anAutomation: string; readonly aWebhook: string; readonly nothing: string },
): string {
  const to = webhook === null ? words.nothing : (webhook_name ?? words.aWebhook)
  return `${automation_name ?? words.anAutomation} → ${to}`
}
