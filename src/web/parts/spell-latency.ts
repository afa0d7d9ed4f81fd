import type { Stats } from '../../contract/stats.ts'
import type { Words } from '../text/words.ts'
import type { Span } from './span.ts'
import { spellMs } from './spell-time.ts'

/** How long attempts took, in a sentence. */
export function spellLatency({ count, p50_ms, p90_ms, p99_ms }: Stats['attempts'], span: Span, text: Words): string {
  const during = text.pictures.spans[span]
  if (p50_ms === null || p90_ms === null || p99_ms === null) return text.overview.noAttempts(during)
  const attempts = text.overview.attempts(count, during)
  return text.overview.latencyText(attempts, spellMs(p50_ms, text), spellMs(p90_ms, text), spellMs(p99_ms, text))
}
