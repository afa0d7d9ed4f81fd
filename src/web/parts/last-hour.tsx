import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { PerMinute } from './per-minute.tsx'
import { ProblemAlert } from './problem-alert.tsx'

const refetchMs = 30_000

/** How deliveries of one automation or webhook go; `stats` is in the key that the stream makes stale. */
export function useStats(of: { readonly automation: string } | { readonly webhook: string }) {
  return useQuery({ queryKey: ['stats', of], queryFn: () => client.stats(of), refetchInterval: refetchMs })
}

/** The picture of its last hour. */
export function LastHour({ of }: { readonly of: Parameters<typeof useStats>[0] }) {
  const stats = useStats(of)
  if (stats.isError) return <ProblemAlert error={stats.error} onRetry={() => void stats.refetch()} />
  return stats.data === undefined ? null : <PerMinute minutes={stats.data.per_minute} />
}
