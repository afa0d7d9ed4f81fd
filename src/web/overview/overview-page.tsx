import { Button, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Stats } from '../../contract/stats.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { DeliveriesPicture } from '../parts/deliveries-picture.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Pictures } from '../parts/how-it-went.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { SpanChoice } from '../parts/span-choice.tsx'
import type { Span } from '../parts/span.ts'
import { spellLatency } from '../parts/spell-latency.ts'
import { useSpan } from '../parts/use-span.ts'
import { useStats } from '../parts/use-stats.ts'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { Attention } from './attention.tsx'
import { FirstSteps } from './first-steps.tsx'
import { useFirstSteps } from './use-first-steps.ts'
import { WebhookTable } from './webhook-table.tsx'

/** Is it keeping up, and what needs somebody? */
export function OverviewPage() {
  const text = useText()
  const { team } = useTeam()
  if (team === undefined)
    return (
      <Page title={text.overview.title}>
        <EmptyState
          title={text.overview.noTeam}
          body={text.overview.noTeamBody}
          action={<PageLink to="/projects">{text.nav.projects}</PageLink>}
        />
      </Page>
    )
  return <TeamOverview team={team} />
}

function TeamOverview({ team }: { readonly team: string }) {
  const text = useText()
  const [span, choose] = useSpan('1h')
  const now = useStats({ team })
  const past = useStats({ team }, span)
  const steps = useFirstSteps(team)
  const isMember = useIsMember(team)
  if (now.isPending || steps === 'pending') return <Waiting title={text.overview.title} />
  if (now.isError) return <RefusedPage title={text.overview.title} refused={now} />
  return (
    <Page
      title={text.overview.title}
      action={
        <Group gap="sm">
          <SpanChoice span={span} onChange={choose} />
          {isMember && (
            <Button component={Link} to="/automations/new">
              {text.automations.create}
            </Button>
          )}
        </Group>
      }
    >
      {steps !== undefined && <FirstSteps team={team} progress={steps.progress} onHide={steps.hide} />}
      <Now stats={now.data} past={past.data} span={span} />
      {steps?.progress.hasFired === false ? (
        <Attention team={team} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Pictures of={{ team }} span={span}>
              {(seen) => <DeliveriesPicture past={seen} />}
            </Pictures>
            <Attention team={team} />
          </SimpleGrid>
          <WebhookTable team={team} lanes={now.data.lanes} />
          {past.data !== undefined && <Latency attempts={past.data.attempts} span={span} />}
        </>
      )}
    </Page>
  )
}

/** What is under way and what has ended, each number a link to the list behind it. */
function Now({
  stats: { waiting, held, sending, oldest_waiting },
  past,
  span,
}: {
  readonly stats: Stats
  /** Undefined while it is read. */
  readonly past: Stats | undefined
  readonly span: Span
}) {
  const text = useText()
  const sum = (of: 'succeeded' | 'failed') => past?.buckets.reduce((total, bucket) => total + bucket[of], 0)
  const { recorded, fired } = past?.events ?? {}
  const events = [
    {
      label: text.nav.events,
      count: recorded,
      note: text.overview.ofSpan(text.pictures.spans[span]),
      search: { since: span },
    },
    {
      label: text.overview.matched,
      count: fired,
      note: recorded !== undefined && fired !== undefined && text.overview.matchedNone(recorded - fired),
      search: { since: span, result: 'fired' },
    },
  ] as const
  const stops = [
    ['waiting', text.overview.waiting, waiting],
    ['held', text.overview.held, held],
    ['sending', text.overview.sending, sending],
    ['succeeded', text.overview.delivered, sum('succeeded')],
    ['failed', text.overview.failed, sum('failed')],
  ] as const
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} className="panel" component="section" aria-label={text.overview.now}>
      {events.map(({ label, count, note, search }) => (
        <Link key={label} to="/events" search={search} className="stop">
          <span>{label}</span>
          <strong>{count === undefined ? '…' : text.number(count)}</strong>
          <span>{note}</span>
        </Link>
      ))}
      {stops.map(([state, label, count]) => {
        const hasEnded = state === 'succeeded' || state === 'failed'
        return (
          <Link key={state} to="/history" search={hasEnded ? { state, since: span } : { state }} className="stop">
            <span>{label}</span>
            <strong>{count === undefined ? '…' : text.number(count)}</strong>
            <span>
              {state === 'waiting' && oldest_waiting !== null && (
                <>
                  {text.overview.oldest} <Moment at={oldest_waiting.since} inLink />
                </>
              )}
              {hasEnded && text.overview.ofSpan(text.pictures.spans[span])}
            </span>
          </Link>
        )
      })}
    </SimpleGrid>
  )
}

function Latency({ attempts, span }: { readonly attempts: Stats['attempts']; readonly span: Span }) {
  const text = useText()
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.latency}>
      <Title order={2}>{text.overview.latency}</Title>
      <Text>{spellLatency(attempts, span, text)}</Text>
    </Paper>
  )
}
