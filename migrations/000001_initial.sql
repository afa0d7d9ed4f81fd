-- breaking: yes
-- Everything Signalbox keeps. What an index is for stands beside it; what has no foreign key says why.
-- Text that is unique or sorted is collate "C": the order of bytes, whatever the server's locale.

-- who ---------------------------------------------------------------------------------------------------------------

create table organizations(
  id bigint generated always as identity primary key,
  display_name text not null);

-- Person, team and organization: one namespace of names, one id space. `receivers_version` grows with every change to
-- the entity's webhooks and secrets, under this row's lock, so that memories of them can be asked what is new.
create table entities(
  id bigint generated always as identity primary key,
  kind text collate "C" not null check (kind in ('user', 'team', 'organization')),
  name text collate "C" not null,
  name_key text collate "C" not null unique,      -- case-folded by us, never by the database's locale
  organization_id bigint references organizations, -- null for a person
  receivers_version bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  archived_at timestamptz(3));
create index entities_by_organization on entities(organization_id);

create table people(
  id bigint generated always as identity primary key,
  entity_id bigint not null unique references entities,
  kind text collate "C" not null check (kind in ('person', 'service')),
  email_key text collate "C" unique,
  password_hash text,
  created_at timestamptz(3) not null default now(),
  disabled_at timestamptz(3));

create table organization_members(
  organization_id bigint references organizations,
  person_id bigint references people,
  role text collate "C" not null check (role in ('admin', 'member', 'viewer')),
  primary key(organization_id, person_id));
create index organization_members_by_person on organization_members(person_id);

create table team_members(
  team_id bigint references entities,
  person_id bigint references people,
  role text collate "C" not null check (role in ('admin', 'member', 'viewer')),
  primary key(team_id, person_id));
create index team_members_by_person on team_members(person_id);

create table api_keys(
  id bigint generated always as identity primary key,
  person_id bigint not null references people,
  name text not null,
  hash bytea not null unique,                      -- SHA-256: the key itself is 240 random bits
  hint text not null,                              -- its last four characters
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3));
create index api_keys_by_person on api_keys(person_id);

-- Who did what, written in the transaction of the change. No foreign keys: the record outlives what it speaks of.
create table audit(
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  actor_id bigint,                                 -- people.id; null when Signalbox itself acted
  api_key_id bigint,
  action text collate "C" not null,                -- 'webhook.create'
  organization_id bigint,
  entity_id bigint,                                -- whose thing was changed; pages of one team go by it
  subject text collate "C" not null,               -- 'whk_42'
  details json not null default '{}');
create index audit_by_entity on audit(entity_id, id);
create index audit_by_organization on audit(organization_id, id);

-- Answers given under an Idempotency-Key, sealed with the master key, since an answer may show a new key once.
create table idempotency_keys(
  actor_id bigint not null,
  key text collate "C" not null,
  fingerprint bytea not null,                      -- of method, path and body
  status int,                                      -- null while the first request runs
  answer bytea,
  key_id text collate "C",
  at timestamptz(3) not null default now(),
  primary key(actor_id, key));
create index idempotency_keys_by_age on idempotency_keys(at);

-- places ------------------------------------------------------------------------------------------------------------

create table projects(                             -- a registry is a project of the organization's entity
  id bigint generated always as identity primary key,
  entity_id bigint not null references entities,
  name text collate "C" not null,
  is_registry boolean generated always as (name like 'wandb-registry-%') stored,
  visibility text collate "C",
  accepts_all_types boolean not null default true,
  protected_aliases text[] not null default '{}',
  automations_by_members boolean not null default true,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now());
create unique index projects_name on projects(entity_id, name) where archived_at is null;

create table registry_grants(
  project_id bigint references projects,
  grantee_entity_id bigint references entities,
  role text collate "C" not null check (role in ('admin', 'member', 'viewer', 'restricted_viewer')),
  primary key(project_id, grantee_entity_id));

create table artifact_types(
  id bigint generated always as identity primary key,
  project_id bigint not null references projects,
  name text collate "C" not null,
  unique(project_id, name));

create table collections(
  id bigint generated always as identity primary key,
  project_id bigint not null references projects,
  type_id bigint not null references artifact_types,
  kind text collate "C" not null check (kind in ('sequence', 'portfolio')),
  name text collate "C" not null,
  description text,
  next_index int not null default 0,               -- both counters move under this row's lock
  event_seq bigint not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3));
create unique index collections_name on collections(project_id, name) where archived_at is null;

create table artifacts(                            -- a version's content: one row however often it is linked
  id bigint generated always as identity primary key,
  sequence_id bigint not null references collections,
  state text collate "C" not null check (state in ('pending', 'committed', 'deleted')),
  digest text collate "C" not null,
  description text,
  metadata_text text not null default '{}',        -- as it was sent
  metadata jsonb not null default '{}',
  size_bytes bigint,
  file_count int,
  client_id text collate "C" unique,
  source_run text,
  ttl_seconds bigint,
  created_by bigint references people,
  created_at timestamptz(3) not null default now(),
  committed_at timestamptz(3));
create index artifacts_digest on artifacts(sequence_id, digest);

create table memberships(                          -- an artifact in a collection: its own index, its own aliases
  id bigint generated always as identity primary key,
  collection_id bigint not null references collections,
  artifact_id bigint not null references artifacts,
  version_index int not null,
  created_at timestamptz(3) not null default now(),
  unique(collection_id, artifact_id),
  unique(collection_id, version_index));

create table aliases(
  collection_id bigint not null references collections,
  alias text collate "C" not null,
  membership_id bigint not null references memberships on delete cascade,
  primary key(collection_id, alias));

create table artifact_tags(artifact_id bigint references artifacts, tag text collate "C", primary key(artifact_id, tag));
create table collection_tags(collection_id bigint references collections, tag text collate "C", primary key(collection_id, tag));

-- secrets and webhooks ----------------------------------------------------------------------------------------------

-- Proof that the master key at hand is the one the stored values were sealed with.
create table master_keys(
  id text collate "C" primary key,
  proof bytea not null,                            -- a known text, sealed with the key
  created_at timestamptz(3) not null default now());

create table secrets(
  id bigint generated always as identity primary key,
  entity_id bigint not null references entities,
  name text collate "C" not null,
  key_id text collate "C" not null references master_keys,
  sealed bytea not null,                           -- nonce, ciphertext, tag; bound to entity and name; empty once archived
  changed_in bigint not null,                      -- the entity's receivers_version when it came or went
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3));
create unique index secrets_name on secrets(entity_id, name) where archived_at is null;
create index secrets_changed on secrets(entity_id, changed_in);     -- webhooks that have, or lack, one since the version I hold

create table webhooks(
  id bigint generated always as identity primary key,
  entity_id bigint not null references entities,
  name text collate "C" not null,
  url text not null,                               -- path and query may hold ${SECRET} slots
  signature_encoding text collate "C" not null default 'base64' check (signature_encoding in ('base64', 'hex', 'sha256=hex')),
  headers json not null default '[]',              -- [[name, value]], values may hold ${SECRET} slots
  timeout_ms int not null,
  retry json not null,                             -- {attempts_max, delay_ms_min, delay_ms_max}
  concurrency_max int not null,
  rate_per_second double precision,                -- null: no limit
  in_order boolean not null default false,
  paused_at timestamptz(3),
  disabled_at timestamptz(3),
  disabled_reason text,
  revision int not null default 1,
  changed_in bigint not null,                      -- the entity's receivers_version of its last change
  created_by bigint references people,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3));
create unique index webhooks_name on webhooks(entity_id, name) where archived_at is null;
create index webhooks_changed on webhooks(entity_id, changed_in);   -- what is new since the version I hold

-- By name, as the SDK refers to secrets: a secret deleted and made again heals the webhooks that use it.
create table secret_uses(
  webhook_id bigint not null references webhooks,
  name text collate "C" not null,
  role text collate "C" not null check (role in ('access_token', 'secret', 'granted')),
  primary key(webhook_id, role, name));
create index secret_uses_by_name on secret_uses(name);

create table signing_secrets(
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhooks,
  key_id text collate "C" not null references master_keys,
  sealed bytea not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3));                      -- null: the current one
create index signing_secrets_by_webhook on signing_secrets(webhook_id);

-- automations -------------------------------------------------------------------------------------------------------

create table rule_sets(
  id bigint generated always as identity primary key,
  scope_type text collate "C" not null check (scope_type in ('collection', 'project', 'entity')),
  scope_id bigint not null,
  version bigint not null default 0,
  project_id bigint,                               -- parents: the automations of a project, collections included,
  entity_id bigint not null,                       -- and of an entity are one index scan
  unique(scope_type, scope_id));
create index rule_sets_by_project on rule_sets(project_id);
create index rule_sets_by_entity on rule_sets(entity_id);

create table automations(
  id bigint generated always as identity primary key,
  rule_set_id bigint not null references rule_sets,
  name text collate "C" not null,
  description text,
  revision int not null,
  created_by bigint references people,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now());
create unique index automations_name on automations(rule_set_id, name) where archived_at is null;

create table automation_revisions(
  automation_id bigint not null references automations,
  revision int not null,
  rule_set_id bigint not null,
  from_version bigint not null,                    -- valid in [from_version, to_version) of its rule set
  to_version bigint,
  enabled boolean not null,
  paused_reason text,                              -- not null: matches, and its deliveries are born held
  event_type text collate "C" not null,
  filter json not null,
  action json not null,
  edited_by bigint,
  created_at timestamptz(3) not null default now(),
  primary key(automation_id, revision));
create index automation_revisions_changed on automation_revisions(rule_set_id, greatest(from_version, coalesce(to_version, 0)));

create table webhook_uses(
  automation_id bigint primary key references automations,
  webhook_id bigint not null references webhooks);
create index webhook_uses_by_webhook on webhook_uses(webhook_id);

-- events ------------------------------------------------------------------------------------------------------------

create table events(                               -- no foreign keys in or out: weeks are dropped whole
  id uuid not null,                                -- v7, made by us; the partition key
  tx xid8 not null default pg_current_xact_id(),
  type text collate "C" not null,
  subject text collate "C" not null,               -- what ordering is about: 'collection:42', 'custom:7:model'
  subject_seq bigint not null,
  entity_id bigint not null,                       -- whose change
  project_id bigint,
  actor_id bigint,
  rules bigint[] not null,                         -- rule-set versions it was judged by, one per rule set in `reach`
  reach bigint[] not null,
  data json not null,                              -- what templates and filters see, as it was then
  primary key(id)) partition by range(id);
create index events_tail on events(tx, id);        -- the stream
create index events_by_project on events(project_id, id);
create index events_by_entity on events(entity_id, id);
create table events_stray partition of events default;

create table event_keys(                           -- idempotency outlives the weeks' partitions
  scope_id bigint not null,
  key text collate "C" not null,
  event_id uuid not null,
  fingerprint bytea not null,
  at timestamptz(3) not null default now(),
  primary key(scope_id, key));

-- The order of events without a locked subject: every batch takes a run of numbers, so what was accepted later is later.
create sequence subject_seq increment by 1024;

-- deliveries --------------------------------------------------------------------------------------------------------

create table workers(
  id bigint generated always as identity primary key,
  alive_until timestamptz(3) not null,
  role text collate "C" not null,
  version text collate "C" not null,
  started_at timestamptz(3) not null default now());

create table lanes(                                -- one row per webhook: who may send for it, and its limits' state
  webhook_id bigint primary key,
  team_id bigint not null,
  owner_id bigint,                                 -- workers.id; null: free
  epoch bigint not null default 0,                 -- grows with every change of owner
  paused boolean not null default false,
  tokens double precision,
  tokens_at timestamptz(3),
  breaker smallint not null default 0,
  breaker_until timestamptz(3)) with (fillfactor = 50);
create index lanes_owned on lanes(owner_id) where owner_id is not null;

-- Unfinished deliveries: small and unpartitioned. Finishing moves the row into `deliveries`.
create table queue(
  id uuid primary key,
  event_id uuid,
  automation_id bigint,
  automation_revision int,
  webhook_id bigint not null,
  team_id bigint not null,
  message_id text collate "C" not null,            -- the webhook-id header
  subject text collate "C" not null,
  subject_seq bigint not null,
  in_order boolean not null,
  state smallint not null,                         -- 0 waiting, 1 sending, 2 held
  lane smallint not null,                          -- 0 first attempt, 1 retry
  due_at timestamptz(3) not null,
  attempt int not null default 0,
  claim_id bigint,                                 -- every write after a claim names it, or changes nothing
  claimed_by bigint,
  claimed_at timestamptz(3),
  created_at timestamptz(3) not null,
  body bytea not null                              -- rendered parts, with typed slots for secrets
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
create index queue_due on queue(webhook_id, lane, due_at, id) where state = 0;   -- claims, takes
create index queue_claimed on queue(claimed_by) where state = 1;                 -- the heartbeat's question, orphans
create index queue_in_order on queue(webhook_id, subject, subject_seq) where in_order;
create index queue_by_webhook on queue(webhook_id, id);                          -- pages of unfinished deliveries
create index queue_by_event on queue(event_id);

create table deliveries(                           -- finished: insert-only, dropped by the week
  id uuid not null,
  tx xid8 not null default pg_current_xact_id(),
  event_id uuid,
  automation_id bigint,
  automation_revision int,
  webhook_id bigint,                               -- null: the automation's action was a no-op
  team_id bigint not null,
  message_id text collate "C" not null,
  subject text collate "C" not null,
  subject_seq bigint not null,
  in_order boolean not null,
  status smallint not null,
  reason text,
  attempts int not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3) not null default now(),
  body bytea not null,
  primary key(id)) partition by range(id);
create index deliveries_by_team on deliveries(team_id, status, id);
create index deliveries_by_webhook on deliveries(webhook_id, status, id);
create index deliveries_by_automation on deliveries(automation_id, status, id);
create index deliveries_by_event on deliveries(event_id);
create table deliveries_stray partition of deliveries default;

create table attempts(
  delivery_id uuid not null,
  number int not null,
  tx xid8 not null default pg_current_xact_id(),
  at timestamptz(3) not null,
  outcome smallint not null,
  status int,                                      -- the receiver's HTTP status
  phases_ms real[],                                -- dns, connect, tls, first byte, body
  request_headers json,
  response_headers json,
  response bytea,
  response_bytes int,
  detail text,
  primary key(delivery_id, number)) partition by range(delivery_id);
create index attempts_tail on attempts(tx, delivery_id, number);
create table attempts_stray partition of attempts default;

-- The stream: events in the order in which they can be seen, which is not that of their ids. A cursor of another
-- generation, from before a restore, is refused: what it counted may have happened otherwise.
create table stream(generation text not null);
insert into stream values (replace(gen_random_uuid()::text, '-', ''));
