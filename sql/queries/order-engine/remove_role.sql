-- A role is taken away; with the last one the person is gone.
-- $1 person_id bigint, $2 role text, $3 now bigint
-- no rows
with taken as (
    update person_roles
    set removed_at = at_ms($3::bigint)
    where person_id = $1::bigint and role = $2::text and removed_at is null
)
update people
set removed_at = at_ms($3::bigint)
where id = $1::bigint
  and not exists (select from person_roles r where r.person_id = people.id and r.role <> $2::text and r.removed_at is null)
