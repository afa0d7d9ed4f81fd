-- breaking: no
-- Many deliveries redelivered at once: what was asked for, and how far it is.

create table redeliveries(
  id bigint generated always as identity primary key,
  team_id bigint not null,                         -- whose webhooks: lane and filter stay within it
  filter json not null,                            -- which of its deliveries; see bulk/delivery-filter.ts
  mode text collate "C" not null check (mode in ('same', 'anew')),
  rate_per_second double precision not null,
  state text collate "C" not null default 'running' check (state in ('running', 'paused', 'stopped', 'done')),
  reason text,                                     -- why it was stopped, where nobody did it
  seen pg_snapshot not null default pg_current_snapshot(),  -- the set: what this saw when it was asked for,
  below uuid not null,                             -- with smaller ids
  total int not null,                              -- of that set
  passed uuid not null default '00000000-0000-0000-0000-000000000000',  -- the last of the set that was gone over
  made int not null default 0,
  skipped json not null default '{}',              -- {reason: count}
  succeeded int not null default 0,                -- what became of those made, as far as it was noted
  failed int not null default 0,
  paced_at timestamptz(3) not null default now(),  -- what the rate allowed until then was used
  look_at timestamptz(3) default now(),            -- when there may be something to do; null: never
  created_by bigint references people,
  created_at timestamptz(3) not null default now(),
  finished_at timestamptz(3));
create index redeliveries_by_team on redeliveries(team_id, id);
create index redeliveries_to_look_at on redeliveries(look_at) where look_at is not null;

create table redeliveries_under_way(               -- deliveries made and not known to have ended: few at a time
  delivery_id uuid primary key,
  redelivery_id bigint not null references redeliveries);
create index redeliveries_under_way_by_redelivery on redeliveries_under_way(redelivery_id);

-- Nobody asks for what was asked for already: of a delivery and its redeliveries the last one counts.
create index queue_redelivered on queue(redelivery_of) where redelivery_of is not null;
create index deliveries_redelivered on deliveries(redelivery_of) where redelivery_of is not null;
