-- Somebody is here again.
-- $1 person_id bigint
-- no rows
update people
set away_until = null
where id = $1::bigint
