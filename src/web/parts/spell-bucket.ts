import type { Words } from '../text/words.ts'
import { extents, type Span } from './span.ts'
import { spellClock } from './spell-time.ts'

/** A day by its date, an hour of this day or the last by the clock, others by both. */
export function spellBucket(at: string, span: Span, text: Words): string {
  const start = new Date(at)
  const date = start.toLocaleDateString(text.locale, { day: 'numeric', month: 'short' })
  if (extents[span].unit === 'day') return date
  return span === '7d' ? text.times.dateAndClock(date, spellClock(start)) : spellClock(start)
}
