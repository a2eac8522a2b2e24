-- What a person has applied for has been answered.
-- $1 person_id bigint, $2 outcome text, $3 now bigint, $4 decided_by text
-- no rows
update applications
set outcome = $2::text, decided_at = at_ms($3::bigint), decided_by = $4::text
where person_id = $1::bigint and decided_at is null
