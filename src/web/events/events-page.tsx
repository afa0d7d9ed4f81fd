import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import type { Event } from '../../contract/event.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { PlaceSelect } from '../parts/place-select.tsx'
import { useText } from '../parts/use-text.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'

export function EventsPage() {
  const text = useText()
  const navigate = useNavigate()
  const { place = '' } = useSearched()
  return (
    <Page title={text.events.title}>
      <PlaceSelect
        label={text.events.place}
        value={place}
        onChange={(chosen) => void navigate({ to: '/events', search: { place: chosen === '' ? undefined : chosen } })}
      />
      {place === '' ? <EmptyState title={text.events.choose} /> : <EventTable place={place} />}
    </Page>
  )
}

/** Events of one project or registry, newest first. */
export function EventTable({ place }: { readonly place: string }) {
  const text = useText()
  const pages = usePages<Event>(['events', place], (page) => client.events.list(place, page))
  return (
    <Listing
      label={text.events.title}
      pages={pages}
      keyOf={({ id }) => id}
      whenEmpty={<EmptyState title={text.events.empty} body={text.events.emptyBody} />}
      columns={[
        {
          heading: text.events.event,
          cell: (event) => <PageLink to={`/events/${event.id}`}>{spellEvent(event, text.eventTitle)}</PageLink>,
        },
        { heading: text.events.what, cell: spellSubject },
        { heading: text.events.by, cell: ({ author }) => author },
        { heading: text.common.when, cell: ({ at }) => <Moment at={at} /> },
      ]}
    />
  )
}
