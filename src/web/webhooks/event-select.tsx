import { Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../api/client.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { PlaceSelect } from '../parts/place-select.tsx'
import { spellMoment } from '../parts/spell-time.ts'
import { useText } from '../parts/use-text.ts'

const listedMax = 30

/** One of the last events of a project or registry. */
export function EventSelect({
  place,
  value,
  onPlace,
  onChange,
}: {
  readonly place: string
  readonly value: string
  readonly onPlace: (place: string) => void
  readonly onChange: (event: string) => void
}) {
  const text = useText()
  const events = useQuery({
    queryKey: ['events', place, 'choice'],
    queryFn: async () => (await client.events.list(place, { limit: listedMax })).items,
    enabled: place !== '',
  }).data
  const newest = events?.[0]?.id
  useEffect(() => {
    if (value === '' && newest !== undefined) onChange(newest)
  }, [value, newest, onChange])
  return (
    <Group align="start" grow preventGrowOverflow={false}>
      <PlaceSelect
        label={text.events.place}
        value={place}
        onChange={(other) => {
          onChange('')
          onPlace(other)
        }}
      />
      {place !== '' && (
        <NativeSelect
          label={text.webhooks.event}
          value={value}
          description={events?.length === 0 ? text.events.empty : undefined}
          data={[
            ...(events ?? []).map((event) => ({
              value: event.id,
              label: `${spellEvent(event, text.eventTitle)} · ${spellSubject(event, place)} · ${spellMoment(event.at, new Date(), text)}`,
            })),
            // An older one that was chosen elsewhere.
            ...(value === '' || events?.some(({ id }) => id === value) ? [] : [{ value, label: value }]),
          ]}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Group>
  )
}
