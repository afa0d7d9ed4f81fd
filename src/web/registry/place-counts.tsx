import { Stack, Text } from '@mantine/core'
import { placeCountMax, type ListedProject } from '../../contract/project.ts'
import type { Column } from '../parts/list-row.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import type { Words } from '../text/words.ts'
import { eventPath, placeName } from './paths.ts'

/** The columns of a list of places: what each is called, what is in it, what happened last, and what one is there. */
export function placeColumns(pathOf: (place: ListedProject) => string, text: Words): readonly Column<ListedProject>[] {
  const count = (of: 'collections' | 'versions' | 'automations'): Column<ListedProject> => ({
    heading: text.registry[of],
    card: 'headed',
    cell: (place) => (place[of] < placeCountMax ? text.number(place[of]) : text.registry.orMore(placeCountMax)),
  })
  return [
    {
      heading: text.common.name,
      card: 'name',
      cell: (place) => (
        <Stack gap={0}>
          <PageLink to={pathOf(place)}>{placeName(place)}</PageLink>
          <Text size="xs" c="dimmed">
            {place.entity}
            {place.visibility === 'restricted' && ` · ${text.registry.visibilities.restricted}`}
          </Text>
        </Stack>
      ),
    },
    count('collections'),
    count('versions'),
    count('automations'),
    {
      heading: text.registry.lastEvent,
      cell: ({ last_event: last }) =>
        last === null ? (
          <Text size="sm" c="dimmed" span>
            {text.automations.never}
          </Text>
        ) : (
          <Stack gap={0}>
            <Moment at={last.at} />
            <Text size="xs">
              <PageLink to={eventPath(last.id)}>{text.eventTitle(last.type)}</PageLink>
            </Text>
          </Stack>
        ),
    },
    { heading: text.registry.role, card: 'mark', cell: ({ role }) => text.registry.roles[role] },
  ]
}
