import type { Stats } from '../../contract/stats.ts'
import type { Webhook } from '../../contract/webhook.ts'
import type { Words } from '../text/words.ts'

/** Whether it is all right, in a sentence: what stops it comes first, then how the last hour went. */
export function spellHealth(
  { disabled, misconfigured, paused }: Pick<Webhook, 'disabled' | 'misconfigured' | 'paused'>,
  { buckets, lanes, waiting, held }: Pick<Stats, 'buckets' | 'lanes' | 'waiting' | 'held'>,
  text: Words,
): { readonly meaning: 'good' | 'warn' | 'bad' | 'idle'; readonly sentence: string } {
  if (disabled !== null) return { meaning: 'bad', sentence: text.webhook.disabled(disabled.reason) }
  if (misconfigured !== null) return { meaning: 'bad', sentence: text.webhook.misconfigured(misconfigured) }
  if (paused) return { meaning: 'idle', sentence: text.webhook.paused(held) }
  if (lanes.some(({ state }) => state === 'broken')) return { meaning: 'bad', sentence: text.webhook.rests(waiting) }
  const sum = (count: (bucket: Stats['buckets'][number]) => number) =>
    buckets.reduce((total, bucket) => total + count(bucket), 0)
  const succeeded = sum((bucket) => bucket.succeeded)
  const failed = sum((bucket) => bucket.failed + bucket.expired)
  if (failed > 0) return { meaning: 'warn', sentence: text.webhook.someFailed(failed, succeeded + failed) }
  return succeeded > 0
    ? { meaning: 'good', sentence: text.webhook.allTaken(succeeded) }
    : { meaning: 'idle', sentence: text.webhook.quiet }
}
