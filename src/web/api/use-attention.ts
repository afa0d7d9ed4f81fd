import { useQuery } from '@tanstack/react-query'
import { client } from './client.ts'
import { useIsAdmin } from './use-is-admin.ts'

const refetchMs = 30_000
const most = { limit: 100 } as const
const lateMs = 15 * 60_000
const unusedMs = 90 * 24 * 3600_000

type Secret = Awaited<ReturnType<typeof client.secrets.list>>['items'][number]

/** What somebody should look at: automations and webhooks that do not send, what waits too long, secrets that nothing needs. */
export function useAttention(team: string | undefined) {
  const isAdmin = useIsAdmin(team)
  const found = useQuery({
    queryKey: ['attention', team, isAdmin],
    queryFn: () => findTroubles(team!, isAdmin),
    enabled: team !== undefined,
    refetchInterval: refetchMs,
  })
  const { lanes = [], misconfigured = [], paused = [], secrets = [], late = null } = found.data ?? {}
  const count = lanes.length + misconfigured.length + paused.length + secrets.length + (late === null ? 0 : 1)
  return { lanes, misconfigured, paused, secrets, late, count, isKnown: found.data !== undefined }
}

async function findTroubles(team: string, isAdmin: boolean) {
  const [stats, misconfigured, paused, secrets] = await Promise.all([
    client.stats({ team, minutes: 1 }),
    client.automations.list({ state: 'misconfigured', ...most }),
    client.automations.list({ state: 'paused', ...most }),
    isAdmin ? client.secrets.list(team, most) : undefined,
  ])
  const { lanes, oldest_waiting: oldest } = stats
  return {
    lanes,
    misconfigured: misconfigured.items.filter(({ enabled }) => enabled),
    paused: paused.items,
    secrets: secrets?.items.filter(isUnused) ?? [],
    late: oldest !== null && Date.now() - Date.parse(oldest.since) > lateMs ? oldest : null,
  }
}

function isUnused({ last_used_at: used, updated_at: written }: Secret): boolean {
  return Date.now() - Date.parse(used ?? written) > unusedMs
}
