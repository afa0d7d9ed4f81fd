import type { CodeClass } from '../../contract/delivery.ts'
import type { Database } from '../database/database.ts'
import { isVisibleEntity, visibleValues, type Visible } from '../places/place-store.ts'

/** What a delivery is looked at for; what is left out lets everything pass. */
export interface Sought {
  /** In a payload or an answer that the reader may see, as it is kept: in place of a secret stands its name. */
  readonly text: string | undefined
  /** How the receiver answered the last attempt. */
  readonly code: CodeClass | undefined
}

export interface Candidate {
  readonly id: string
  /** Where the text stands in an answer of the receiver. */
  readonly isAnswered: boolean
  /** Where it may stand in the payload: how that is kept has words of its own. */
  readonly body: Buffer | null
}

/** Of these deliveries the ones that may hold what is sought. In a transaction, where a statement has its time. */
export async function selectCandidates(
  db: Database,
  visible: Visible | undefined,
  ids: readonly string[],
  { text, code }: Sought,
): Promise<Candidate[]> {
  const written = text === undefined ? null : Buffer.from(text)
  const kept = text === undefined ? null : Buffer.from(JSON.stringify(text).slice(1, -1))
  const hundreds = code === undefined ? null : code === 'none' ? 0 : Number(code[0])
  return db.tx((tx) => tx.query<Candidate>(select, [...visibleValues(visible), ids, written, kept, hundreds]))
}

const select = {
  name: 'select_search_candidates',
  text: `select id, "isAnswered", case when "isKept" and not "isAnswered" then body end as body from (
      select d.id, d.body, position($6::bytea in d.body) > 0 as "isKept", exists (
          select from attempts a where a.delivery_id = d.id and position($5::bytea in a.response) > 0) as "isAnswered"
        from (select id, webhook_id, team_id, attempts, body from deliveries where id = any($4::uuid[])
          union all select id, webhook_id, team_id, attempt, body from queue where id = any($4::uuid[])) d
        where ($7::int is null or $7 = coalesce((
            select a.status / 100 from attempts a where a.delivery_id = d.id and a.number = d.attempts), 0))
          and ($5::bytea is null or (d.webhook_id is not null and exists (select from entities e
            where e.id = d.team_id and e.archived_at is null and ${isVisibleEntity})))) seen
    where $5::bytea is null or "isKept" or "isAnswered"`,
}
