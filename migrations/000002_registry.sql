-- breaking: no
-- Collections, versions and links in use: what their verbs look up, and what an automation that pauses itself leaves.

-- Types that a registry accepts stay known when it accepts all of them for a while.
alter table artifact_types add column accepted boolean not null default false;

-- Named when a version is begun, put on it when it is committed.
alter table artifacts add column pending_aliases text[] not null default '{}';

create index memberships_by_artifact on memberships(artifact_id);        -- every place of a version
create index aliases_by_membership on aliases(membership_id);            -- the aliases of a version; cascades
create index memberships_newest on memberships(collection_id, version_index desc);

-- Deliveries of a paused automation: found when it is resumed. Holds no row while nothing is held.
create index queue_held on queue(automation_id) where state = 2;

-- How often an automation may fire in a minute for one subject before it pauses itself; 0: as often as it likes.
alter table automation_revisions add column fires_per_minute_max int not null default 60;
