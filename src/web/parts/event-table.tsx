import type { ReactNode } from 'react'
import type { Event, EventQuery } from '../../contract/event.ts'
import { client } from '../api/client.ts'
import { useLivePages } from '../api/use-live-pages.ts'
import { EmptyState } from './empty-state.tsx'
import { spellEvent, spellSubject } from './event-sentence.ts'
import { LiveListing } from './live-listing.tsx'
import { Moment } from './moment.tsx'
import { PageLink } from './page-link.tsx'
import type { ListPlace } from './use-list-place.ts'
import { useText } from './use-text.ts'

interface TableProps {
  readonly place: string
  readonly query: Partial<EventQuery>
  readonly whenEmpty?: ReactNode
  /** Where the address keeps the place in the list. */
  readonly kept: ListPlace
}

/** Events of one project or registry, newest first, with what they happened to as it is called there. */
export function EventTable(props: TableProps) {
  return <Events key={JSON.stringify([props.place, props.query])} {...props} />
}

function Events({ place, query, whenEmpty, kept }: TableProps) {
  const text = useText()
  const live = useLivePages<Event>(
    ['events', place, query],
    (page) => client.events.list(place, { ...query, ...page }),
    kept.after,
  )
  return (
    <LiveListing
      label={text.events.title}
      live={live}
      kept={kept}
      fresh={text.events.fresh}
      whenEmpty={
        whenEmpty ?? (
          <EmptyState
            title={text.events.empty}
            body={text.events.emptyBody}
            action={<PageLink to="/registries">{text.nav.registries}</PageLink>}
          />
        )
      }
      columns={[
        {
          heading: text.events.event,
          card: 'name',
          cell: (event) => <PageLink to={`/events/${event.id}`}>{spellEvent(event, text.eventTitle)}</PageLink>,
        },
        { heading: text.events.what, cell: (event) => spellSubject(event, place) },
        { heading: text.events.by, cell: ({ author }) => author },
        { heading: text.common.when, cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  )
}
