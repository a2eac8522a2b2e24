-- A digest was sent: the next one tells of what comes from here on.
-- $1 person_id bigint, $2 every text, $3 since, $4 due_at bigint ms
-- no rows
update digests
set since = at_ms($3::bigint), due_at = at_ms($4::bigint)
where person_id = $1::bigint and every = $2::text
