import { Button, Group, TextInput } from '@mantine/core'
import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
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
import type { SearchChange } from '../search.ts'

const filterDelayMs = 250

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
  const [typed, setTyped] = useState(by ?? '')
  const after = useMemo(() => (since === undefined ? undefined : startOf(since, new Date())), [since])
  const show = (change: SearchChange<typeof search & { readonly place: string }>, replace = false) =>
    void navigate({
      to: '/events',
      search: { place: place === '' ? undefined : place, ...search, ...change },
      replace,
    })
  const filterByAuthor = useDebouncedCallback(
    (name: string) => show({ by: name === '' ? undefined : name }, true),
    filterDelayMs,
  )
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
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            filterByAuthor(value.trim())
          }}
        />
        {isFiltered && (
          <Button
            variant="subtle"
            onClick={() => {
              setTyped('')
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
