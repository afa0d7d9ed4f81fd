import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { extents, type Span } from './span.ts'

const refetchMs = 30_000
const pastRefetchMs = 5 * 60_000

export type StatsOf = { readonly team: string } | { readonly automation: string } | { readonly webhook: string }

/**
 * How deliveries go. `stats` is in the key that the stream makes stale with every attempt; a longer past is asked for less
 * often: it has more to count, and changes less to see.
 */
export function useStats(of: StatsOf, span: Span = '1h') {
  const { hours, unit } = extents[span]
  return useQuery({
    queryKey: span === '1h' ? ['stats', of] : ['past', of, span],
    queryFn: () => client.stats({ ...of, minutes: hours * 60, bucket: unit === 'minute' ? 'minute' : 'hour' }),
    refetchInterval: span === '1h' ? refetchMs : pastRefetchMs,
  })
}
