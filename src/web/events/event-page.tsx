import { Button, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useNamed } from '../api/use-address.ts'
import { client } from '../api/client.ts'
import { Facts } from '../parts/facts.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { WhatItSetOff } from '../parts/what-it-set-off.tsx'
import { AnotherAutomation } from './another-automation.tsx'
import { EventData } from './event-data.tsx'

/** One event, what it set off, and why it set off nothing else. */
export function EventPage() {
  const text = useText()
  const { event: id = '' } = useNamed()
  const isMember = useIsMember(useTeam().team)
  const found = useQuery({ queryKey: ['event', id], queryFn: () => client.events.get(id) })
  if (found.isPending) return <Waiting title={text.events.event} />
  if (found.isError) return <RefusedPage title={text.events.event} refused={found} />
  const event = found.data
  return (
    <Page
      title={spellEvent(event, text.eventTitle)}
      kind="event"
      action={
        isMember && (
          <Button component={Link} to={`/automations/new?from=${event.id}&event=${event.id}`} variant="default">
            {text.events.createFrom}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          [text.events.what, spellSubject(event)],
          [text.events.where, event.project_name !== null && `${event.entity_name}/${event.project_name}`],
          [text.events.by, event.author !== null && event.author],
          [text.common.when, <Moment key="at" at={event.at} />],
        ]}
      />
      <Stack gap="xs">
        <Title order={2}>{text.events.setOff}</Title>
        <WhatItSetOff event={id} />
        <AnotherAutomation key={id} event={id} />
      </Stack>
      <EventData event={event} />
    </Page>
  )
}
