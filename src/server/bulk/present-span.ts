import { uuidTime } from '../base/ids.ts'
import type { Span } from './matching-store.ts'

export function presentSpan({ count, oldest, newest }: Span) {
  const instantOf = (id: string | null) => (id === null ? null : uuidTime(id).toISOString())
  return { count, oldest: instantOf(oldest), newest: instantOf(newest) }
}
