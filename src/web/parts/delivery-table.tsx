import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DeliveryQuery, DeliverySummary } from '../../contract/delivery.ts'
import { client } from '../api/client.ts'
import { useLivePages } from '../api/use-live-pages.ts'
import { DeliveryStateMark } from './delivery-state.tsx'
import { LiveListing } from './live-listing.tsx'
import { Moment } from './moment.tsx'
import { PageLink } from './page-link.tsx'
import type { ListPlace } from './use-list-place.ts'
import { useText } from './use-text.ts'

interface TableProps {
  /** What the list is, where it is not the history itself. */
  readonly label?: string
  readonly query: Partial<DeliveryQuery>
  readonly whenEmpty: ReactNode
  /** Where the address keeps the place in the list. */
  readonly kept?: ListPlace
}

/** Deliveries, newest first, of whatever the query names. New ones wait while somebody is at the list. */
export function DeliveryTable(props: TableProps) {
  return <Deliveries key={JSON.stringify(props.query)} {...props} />
}

function Deliveries({ label, query, whenEmpty, kept }: TableProps) {
  const text = useText()
  const live = useLivePages<DeliverySummary>(
    // What is found by looking at all is not looked for again with every attempt.
    [query.text === undefined ? 'deliveries' : 'found', query],
    (page) => client.deliveries.list({ ...query, ...page }),
    kept?.after,
  )
  return (
    <LiveListing
      label={label ?? text.history.title}
      live={live}
      kept={kept}
      fresh={text.history.fresh}
      whenEmpty={whenEmpty}
      columns={[
        {
          heading: text.common.state,
          card: 'mark',
          cell: ({ state, attempts }) => <DeliveryStateMark state={state} attempts={attempts} />,
        },
        { heading: text.history.delivery, card: 'name', cell: (delivery) => <Route delivery={delivery} /> },
        {
          heading: text.history.what,
          cell: ({ event_type, reason }) => (
            <>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {event_type === null ? null : text.eventTitle(event_type)}
              </Text>
              {reason !== null && (
                <Text size="xs" c="dimmed">
                  {text.server(reason)}
                </Text>
              )}
            </>
          ),
        },
        { heading: text.history.attempts, card: 'headed', cell: ({ attempts }) => attempts },
        { heading: text.common.when, cell: ({ created_at }) => <Moment at={created_at} /> },
      ]}
    />
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
