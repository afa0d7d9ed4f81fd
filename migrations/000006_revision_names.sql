-- breaking: no
-- A revision says what the automation was called too. Those made before say what it is called by now.

alter table automation_revisions add column name text;                  -- null: written by an earlier process
alter table automation_revisions add column description text;
update automation_revisions r set name = a.name, description = a.description from automations a where a.id = r.automation_id;
