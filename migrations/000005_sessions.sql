-- breaking: no
-- A browser's session is a key of its own kind: it ends by itself, and no list of API keys shows it.

alter table api_keys add column session_until timestamptz(3);           -- not null: a session
