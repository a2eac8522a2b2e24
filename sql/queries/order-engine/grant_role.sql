-- A role of a person, new or restored.
-- $1 person_id bigint, $2 role text, $3 now bigint
-- no rows
insert into person_roles (person_id, role, granted_at)
values ($1::bigint, $2::text, at_ms($3::bigint))
on conflict (person_id, role)
do update set granted_at = excluded.granted_at, removed_at = null
