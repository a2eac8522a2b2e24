-- A notice that could not be delivered.
-- $1 id bigint, $2 reason text
-- no rows
update notices
set undeliverable = $2::text
where id = $1::bigint
