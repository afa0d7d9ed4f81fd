import { Button, Group, TextInput } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { eventResults, type EventQuery } from '../../contract/event.ts'
import { recordedEventTypes, type EventType } from '../../contract/event-types.ts'
import { useKeptPlace, useSearched } from '../api/use-address.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { EventTable } from '../parts/event-table.tsx'
import { FilterSelect } from '../parts/filter-select.tsx'
import { Page } from '../parts/page.tsx'
import { PlaceSelect } from '../parts/place-select.tsx'
import { startOf, spans, type Span } from '../parts/span.ts'
import { useText } from '../parts/use-text.ts'
import { useTypedFilter } from '../parts/use-typed-filter.ts'
import type { SearchChange } from '../search.ts'

/** What happened in one place; the one that was looked at last, unless the address names another. */
export function EventsPage() {
  const text = useText()
  const navigate = useNavigate()
  const [lastPlace, keepPlace] = useLocalStorage({
    key: 'signalbox-place',
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const { place = lastPlace, by, ...chosen } = useSearched()
  const kept = useKeptPlace({ place })
  const search = {
    type: chosen.type as EventType | undefined,
    result: eventResults.find((result) => result === chosen.result),
    since: chosen.since as Span | undefined,
    by,
  }
  const { type, result, since } = search
  const after = useMemo(() => (since === undefined ? undefined : startOf(since, new Date())), [since])
  const show = (change: SearchChange<typeof search & { readonly place: string }>, replace = false) =>
    void navigate({
      to: '/events',
      search: { place: place === '' ? undefined : place, ...search, ...change },
      replace,
    })
  const byAuthor = useTypedFilter(by, (typed) => show({ by: typed.trim() === '' ? undefined : typed.trim() }, true))
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const query: Partial<EventQuery> = {
    ...(type === undefined ? {} : { type }),
    ...(result === undefined ? {} : { result }),
    ...(by === undefined ? {} : { author: by }),
    ...(after === undefined ? {} : { after }),
  }
  return (
    <Page title={text.events.title}>
      <Group align="end" data-filters>
        <PlaceSelect
          label={text.events.place}
          value={place}
          onChange={(other) => {
            keepPlace(other)
            show({ place: other })
          }}
        />
        <FilterSelect
          label={text.events.event}
          value={type}
          options={recordedEventTypes}
          spell={text.eventTitle}
          onChange={(value) => show({ type: value })}
        />
        <FilterSelect
          label={text.events.result}
          value={result}
          options={eventResults}
          spell={(option) => text.events.results[option]}
          onChange={(value) => show({ result: value })}
        />
        <FilterSelect
          label={text.history.since}
          value={since}
          options={spans}
          spell={(option) => text.history.spans[option]}
          onChange={(value) => show({ since: value })}
        />
        <TextInput
          label={text.events.by}
          value={byAuthor.typed}
          onChange={({ currentTarget }) => byAuthor.type(currentTarget.value)}
        />
        {isFiltered && (
          <Button
            variant="subtle"
            onClick={() => {
              byAuthor.clear()
              show({ type: undefined, result: undefined, since: undefined, by: undefined })
            }}
          >
            {text.common.clearFilters}
          </Button>
        )}
      </Group>
      {place === '' ? (
        <EmptyState title={text.events.choose} />
      ) : (
        <EventTable
          place={place}
          query={query}
          kept={kept}
          whenEmpty={isFiltered ? <EmptyState title={text.events.noMatch} /> : undefined}
        />
      )}
    </Page>
  )
}
