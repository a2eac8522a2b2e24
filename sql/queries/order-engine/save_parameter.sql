-- A parameter gets a value.
-- $1 name, $2 value text, $3 now bigint, $4 changed_by text
-- no rows
insert into parameters (name, value, changed_at, changed_by)
values ($1::text, $2::text, at_ms($3::bigint), $4::text)
on conflict (name)
do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
