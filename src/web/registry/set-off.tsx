import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Event } from '../../contract/event.ts'
import type { Explanation } from '../../contract/explanation.ts'
import type { Project } from '../../contract/project.ts'
import type { Collection, VersionDetails } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { itemsOf, usePages } from '../api/pages.ts'
import { spellEvent } from '../parts/event-sentence.ts'
import { WhatItSetOff } from '../parts/what-it-set-off.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { eventPath } from './paths.ts'

const shownMax = 3
const lookMs = 1000
const looksMax = 10

/** The last events of this version in this collection, each with what it did to every automation in its reach. */
export function SetOff({
  place,
  collection,
  version,
}: {
  readonly place: Project
  readonly collection: Collection
  readonly version: VersionDetails
}) {
  const text = useText()
  const pages = usePages(['events', place.id, 'latest'], (page) => client.events.list(place.id, page), { limit: 100 })
  const events = itemsOf(pages)
    .filter(({ places }) => places.some((at) => at.artifact === version.id && at.collection === collection.id))
    .slice(0, shownMax)
  return (
    <Stack gap="sm" role="region" aria-label={text.registry.setOff}>
      <Text fw={600} size="sm">
        {text.registry.setOff}
      </Text>
      {pages.isError && <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && events.length === 0 && <Text size="sm">{text.registry.nothingHappened}</Text>}
      {events.map((event) => (
        <Explained key={event.id} event={event} />
      ))}
    </Stack>
  )
}

function Explained({ event }: { readonly event: Event }) {
  const text = useText()
  // Its deliveries are made a moment after the event: looks again for some seconds.
  useQuery({
    queryKey: ['explanation', event.id],
    queryFn: () => client.events.explain(event.id),
    refetchInterval: ({ state }) => (state.dataUpdateCount < looksMax && isUnfinished(state.data) ? lookMs : false),
  })
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm">
          <PageLink to={eventPath(event.id)}>{spellEvent(event, text.eventTitle)}</PageLink>
        </Text>
        <Text size="sm" c="dimmed">
          <Moment at={event.at} />
        </Text>
      </Group>
      <WhatItSetOff event={event.id} />
    </Stack>
  )
}

function isUnfinished(explanation: Explanation | undefined): boolean {
  return explanation?.judgements.some(({ verdict, delivery }) => verdict === 'fired' && delivery === null) ?? false
}
