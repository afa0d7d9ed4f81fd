import { Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

/** The last events of its type that it let pass, and why. */
export function NearlyMatched({ id, revision }: { readonly id: string; readonly revision: number }) {
  const text = useText()
  const missed = useQuery({
    queryKey: ['simulation', id, revision, 'missed'],
    queryFn: () => client.automations.simulate(id, { only: 'missed', limit: 5 }),
  })
  return (
    <Paper withBorder p="md" component="section" aria-label={text.automations.nearly}>
      <Stack gap="sm">
        <Title order={2}>{text.automations.nearly}</Title>
        {missed.isError && <ProblemAlert error={missed.error} />}
        {missed.isPending && <Text c="dimmed">{text.common.loading}</Text>}
        {missed.data?.items.length === 0 && <Text c="dimmed">{text.automations.nothingMissed}</Text>}
        {missed.data?.items.map(({ event, reason }) => (
          <div key={event.id}>
            <Text size="sm">
              <PageLink to={`/events/${event.id}`}>
                {spellEvent(event, text.eventTitle)} · {spellSubject(event)}
              </PageLink>
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              <Moment at={event.at} />
              {reason === null ? '' : ` · ${text.server(reason)}`}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
