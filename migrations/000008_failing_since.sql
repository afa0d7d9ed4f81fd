-- breaking: no
-- Since when a receiver has failed without a success in between, for whoever owns its lane next.

alter table lanes add column failing_since timestamptz(3);                -- null: its breaker is closed
