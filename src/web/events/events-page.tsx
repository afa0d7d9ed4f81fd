import { useLocalStorage } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { EventTable } from '../parts/event-table.tsx'
import { Page } from '../parts/page.tsx'
import { PlaceSelect } from '../parts/place-select.tsx'
import { useText } from '../parts/use-text.ts'

/** What happened in one place; the one that was looked at last, unless the address names another. */
export function EventsPage() {
  const text = useText()
  const navigate = useNavigate()
  const [lastPlace, keepPlace] = useLocalStorage({
    key: 'signalbox-place',
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const { place = lastPlace } = useSearched()
  return (
    <Page title={text.events.title}>
      <PlaceSelect
        label={text.events.place}
        value={place}
        onChange={(chosen) => {
          keepPlace(chosen)
          void navigate({ to: '/events', search: { place: chosen === '' ? undefined : chosen } })
        }}
      />
      {place === '' ? <EmptyState title={text.events.choose} /> : <EventTable place={place} />}
    </Page>
  )
}
