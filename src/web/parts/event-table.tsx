import type { Event } from '../../contract/event.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from './empty-state.tsx'
import { spellEvent, spellSubject } from './event-sentence.ts'
import { LiveListing } from './live-listing.tsx'
import { Moment } from './moment.tsx'
import { PageLink } from './page-link.tsx'
import { useText } from './use-text.ts'

/** Events of one project or registry, newest first, with what they happened to as it is called there. */
export function EventTable({ place }: { readonly place: string }) {
  const text = useText()
  const pages = usePages<Event>(['events', place], (page) => client.events.list(place, page))
  return (
    <LiveListing
      key={place}
      label={text.events.title}
      pages={pages}
      fresh={text.events.fresh}
      whenEmpty={<EmptyState title={text.events.empty} body={text.events.emptyBody} />}
      columns={[
        {
          heading: text.events.event,
          cell: (event) => <PageLink to={`/events/${event.id}`}>{spellEvent(event, text.eventTitle)}</PageLink>,
        },
        { heading: text.events.what, cell: (event) => spellSubject(event, place) },
        { heading: text.events.by, cell: ({ author }) => author },
        { heading: text.common.when, cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  )
}
