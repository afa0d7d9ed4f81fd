import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Event } from '../../contract/event.ts'
import type { Project } from '../../contract/project.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'
import { eventPath } from './paths.ts'

/** What happened in a place. Deliveries are asked for by team, webhook, automation or event, never by place. */
export function HistoryTab({ place }: { readonly place: Project }) {
  const text = useText()
  const pages = usePages(['events', place.id], (page) => client.events.list(place.id, page))
  return (
    <Listing
      label={text.registry.history}
      pages={pages}
      keyOf={({ id }) => id}
      columns={[
        { heading: text.common.when, cell: ({ at }) => <Moment at={at} /> },
        {
          heading: text.events.event,
          cell: ({ id, type }) => (
            <Anchor component={Link} to={eventPath(id)}>
              {text.eventTitle(type)}
            </Anchor>
          ),
        },
        { heading: text.events.what, cell: (event) => spellWhat(event, place.id) },
        { heading: text.events.by, cell: ({ author }) => author },
      ]}
      whenEmpty={<EmptyState title={text.events.empty} body={text.events.emptyBody} />}
    />
  )
}

/** `churn-model:v14 · production`, as it is called in this place. */
function spellWhat({ places, facts, subject }: Event, project: string): string {
  const at = places.find((place) => place.project === project && place.collection !== null) ?? places[0]
  const { alias, tag, name } = facts
  const detail = [alias, tag, name].find((fact) => typeof fact === 'string')
  const named = [at?.collection_name, at?.version].filter(isText).join(':')
  const thing = named === '' ? subject : named
  return [thing, detail].filter(isText).join(' · ')
}

function isText(part: unknown): part is string {
  return typeof part === 'string' && part !== ''
}
