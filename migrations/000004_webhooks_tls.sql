-- breaking: no
-- What a webhook trusts, and when a secret was last used.

alter table webhooks add column tls_ca text;                             -- PEM; null: the usual authorities
alter table webhooks add column tls_verify boolean not null default true;

alter table secrets add column last_used_at timestamptz(3);              -- to the minute
