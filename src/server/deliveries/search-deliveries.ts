import type { DeliveryQuery } from '../../contract/delivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import type { TryLimits } from '../access/limit-tries.ts'
import { limits } from '../base/limits.ts'
import { selectCandidates, type Candidate, type Sought } from './delivery-search-store.ts'
import { selectDeliveryPage, type DeliveryPage, type DeliveryRow } from './delivery-store.ts'
import { decodeBody } from './payload-body.ts'

const dayMs = 24 * 3600_000

/** What a query looks for in the deliveries themselves; undefined: nothing. Text is looked for in a bounded time alone. */
export function readSought({ text, code, after, before }: DeliveryQuery, now: Date): Sought | undefined {
  if (text === undefined) return code === undefined ? undefined : { text, code }
  const days = limits.searchDaysMax
  const from = after === undefined ? Number.NEGATIVE_INFINITY : Date.parse(after)
  const until = before === undefined ? now.getTime() : Date.parse(before)
  if (until - from > days * dayMs)
    throw new Problem('request-invalid', `Text is looked for in at most ${days} days.`, [
      {
        pointer: '#/query/after',
        detail: after === undefined ? 'is missing: say since when' : `is more than ${days} days before the end`,
      },
    ])
  return { text, code }
}

export interface FoundDeliveries {
  readonly rows: readonly DeliveryRow[]
  /** The last one that was looked at; null: all were. */
  readonly lookedTo: string | null
}

/**
 * Looks at a page's deliveries, window after window, until enough of them hold what is sought, so many were looked at, or
 * so much time has gone. Whoever asks goes on behind the last one.
 */
export async function searchDeliveries(
  searches: TryLimits,
  { db, clock, actor }: Context,
  page: DeliveryPage,
  sought: Sought,
): Promise<FoundDeliveries> {
  if (actor.kind === 'person') searches.countTry(`search ${actor.personId}`, limits.searchesPerMinuteMax)
  return searches.inTurn(async () => {
    const until = clock.monotonicMs() + limits.searchMs
    const rows: DeliveryRow[] = []
    let { before } = page
    for (let looked = 0; looked < limits.searchScanMax && clock.monotonicMs() < until; looked += limits.searchWindow) {
      const window = await selectDeliveryPage(db, { ...page, before, limit: limits.searchWindow })
      const ids = window.map(({ id }) => id)
      const candidates = await selectCandidates(db, page.visible, ids, sought)
      const holding = new Set(candidates.filter((one) => holds(one, sought)).map(({ id }) => id))
      for (const row of window) {
        if (holding.has(row.id)) rows.push(row)
        if (rows.length === page.limit) return { rows, lookedTo: row.id }
      }
      if (window.length < limits.searchWindow) return { rows, lookedTo: null }
      before = ids.at(-1)!
    }
    return { rows, lookedTo: before }
  })
}

/** Text between the secrets of a payload, and never across one. */
function holds({ isAnswered, body }: Candidate, { text }: Sought): boolean {
  if (text === undefined || isAnswered) return true
  return body !== null && decodeBody(body).some((part) => typeof part === 'string' && part.includes(text))
}
