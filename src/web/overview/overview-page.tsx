import { Button, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Stats } from '../../contract/stats.ts'
import { client } from '../api/client.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { spellMs } from '../parts/spell-time.ts'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { Attention } from './attention.tsx'
import { FirstSteps } from './first-steps.tsx'
import { PerMinute } from '../parts/per-minute.tsx'
import { useFirstSteps } from './use-first-steps.ts'

const refetchMs = 30_000

/** Is it keeping up, and what needs somebody? */
export function OverviewPage() {
  const text = useText()
  const { team } = useTeam()
  if (team === undefined)
    return (
      <Page title={text.overview.title}>
        <EmptyState title={text.overview.noTeam} />
      </Page>
    )
  return <TeamOverview team={team} />
}

function TeamOverview({ team }: { readonly team: string }) {
  const text = useText()
  const stats = useQuery({
    queryKey: ['stats', team],
    queryFn: () => client.stats({ team }),
    refetchInterval: refetchMs,
  })
  const steps = useFirstSteps(team)
  const isMember = useIsMember(team)
  if (stats.isPending || steps === 'pending') return <Waiting title={text.overview.title} />
  if (stats.isError) return <RefusedPage title={text.overview.title} refused={stats} />
  return (
    <Page
      title={text.overview.title}
      action={
        isMember && (
          <Button component={Link} to="/automations/new">
            {text.automations.create}
          </Button>
        )
      }
    >
      {steps !== undefined && <FirstSteps team={team} progress={steps.progress} onHide={steps.hide} />}
      <Now stats={stats.data} />
      {steps?.progress.hasFired === false ? (
        <Attention team={team} />
      ) : (
        <>
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <PerMinute minutes={stats.data.per_minute} />
            <Attention team={team} />
          </SimpleGrid>
          <Latency attempts={stats.data.attempts} />
        </>
      )}
    </Page>
  )
}

/** What is under way, each number a link to the list behind it. */
function Now({ stats: { waiting, held, sending, oldest_waiting, per_minute } }: { readonly stats: Stats }) {
  const text = useText()
  const sum = (of: 'succeeded' | 'failed') => per_minute.reduce((total, minute) => total + minute[of], 0)
  const stops = [
    ['waiting', text.overview.waiting, waiting],
    ['held', text.overview.held, held],
    ['sending', text.overview.sending, sending],
    ['succeeded', text.overview.delivered, sum('succeeded')],
    ['failed', text.overview.failed, sum('failed')],
  ] as const
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} className="panel" component="section" aria-label={text.overview.now}>
      {stops.map(([state, label, count]) => (
        <Link key={state} to="/history" search={{ state }} className="stop">
          <span>{label}</span>
          <strong>{text.number(count)}</strong>
          <span>
            {state === 'waiting' && oldest_waiting !== null && (
              <>
                {text.overview.oldest} <Moment at={oldest_waiting.since} />
              </>
            )}
            {(state === 'succeeded' || state === 'failed') && text.overview.lastHour}
          </span>
        </Link>
      ))}
    </SimpleGrid>
  )
}

function Latency({ attempts: { count, p50_ms, p90_ms, p99_ms } }: { readonly attempts: Stats['attempts'] }) {
  const text = useText()
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.latency}>
      <Title order={2}>{text.overview.latency}</Title>
      <Text>
        {p50_ms === null || p90_ms === null || p99_ms === null
          ? text.overview.noAttempts
          : text.overview.latencyText(count, spellMs(p50_ms, text), spellMs(p90_ms, text), spellMs(p99_ms, text))}
      </Text>
    </Paper>
  )
}
