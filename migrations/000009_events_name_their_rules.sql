-- breaking: no
-- Events are inserted together with the versions of the rules that judged them. When one was edited meanwhile, the
-- transaction fails as two do that cannot be put in a row, and is run again with the rules of now: nobody has to ask
-- beforehand what is new. Version -1: the scope had no rules. Answers the start of a run of 1,024 numbers.

create function next_subject_seq(scope_types text[], scope_ids bigint[], versions bigint[], entity_ids bigint[], receivers_versions bigint[])
  returns bigint language plpgsql as $$
begin
  if exists (select from unnest(scope_types, scope_ids, versions) as held(scope_type, scope_id, version)
      left join rule_sets using (scope_type, scope_id) where coalesce(rule_sets.version, -1) <> held.version)
    or exists (select from unnest(entity_ids, receivers_versions) as held(id, version)
      left join entities using (id) where entities.receivers_version is distinct from held.version)
  then
    raise exception 'rules were edited while an event was judged by them' using errcode = 'serialization_failure';
  end if;
  return nextval('subject_seq');
end $$;
