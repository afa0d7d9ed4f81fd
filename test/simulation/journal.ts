import type { Database } from '../../src/server/database/database.ts'

/** A row that a statement changed, as it was and as it is: what really happened, whatever the statement says of it. */
export interface JournalEntry {
  readonly table: 'queue' | 'deliveries' | 'lanes' | 'workers'
  readonly was: Readonly<Record<string, any>> | null
  readonly is: Readonly<Record<string, any>> | null
}

/**
 * Every change of the queue's tables is written down by triggers. And `now()` in our own statements is the simulated
 * instant: a function of that name stands before the system's in the search path.
 */
export async function prepareJournal(db: Database): Promise<void> {
  await db.query(`create schema simulated;
    create function simulated.now() returns timestamptz language sql stable as
      $$ select coalesce(nullif(current_setting('simulated.now', true), '')::timestamptz, pg_catalog.now()) $$;
    create table simulated.journal(
      number bigint generated always as identity, of text not null, was jsonb, "is" jsonb);
    create function simulated.note() returns trigger language plpgsql as $$ begin
      insert into simulated.journal(of, was, "is") values (tg_argv[0],
        case when tg_op <> 'INSERT' then to_jsonb(old) - 'body' end, case when tg_op <> 'DELETE' then to_jsonb(new) - 'body' end);
      return null; end $$;
    create trigger note after insert or update or delete on queue for each row execute function simulated.note('queue');
    create trigger note after insert or update or delete on deliveries for each row execute function simulated.note('deliveries');
    create trigger note after insert or update or delete on lanes for each row execute function simulated.note('lanes');
    create trigger note after insert or update or delete on workers for each row execute function simulated.note('workers')`)
}

/** With the simulated `now()` in the place of the system's. */
export function withSimulatedNow(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', '-c search_path=simulated,public,pg_catalog -c synchronous_commit=off')
  return url.href
}

export async function readJournal(db: Database): Promise<JournalEntry[]> {
  return db.query<JournalEntry>({
    name: 'read_journal',
    text: `with read as (delete from simulated.journal returning *) select of as "table", was, "is" from read order by number`,
  })
}
