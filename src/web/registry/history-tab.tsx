import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Project } from '../../contract/project.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { useText } from '../parts/use-text.ts'
import { ForViewers } from './for-viewers.tsx'
import { mayAutomate, seesEvents } from './use-place.ts'

/** What the automations of a registry or project set off; what happened there whether or not they answered is a link away. */
export function HistoryTab({ place }: { readonly place: Project }) {
  const text = useText()
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex={1} miw={220}>
          {text.registry.historyNote}
        </Text>
        {seesEvents(place) ? (
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/events" search={{ place: place.id }} />}>
            {text.registry.allEvents}
          </Anchor>
        ) : (
          <ForViewers />
        )}
      </Group>
      <DeliveryTable
        label={text.registry.automationsHistory}
        query={{ project: place.id }}
        whenEmpty={
          <EmptyState
            title={text.history.empty}
            body={text.registry.noHistoryBody}
            action={
              mayAutomate(place) && (
                <PageLink to={`/automations/new?scope=project:${place.id}`}>{text.automations.create}</PageLink>
              )
            }
          />
        }
      />
    </Stack>
  )
}
