-- Somebody looks at what was handed over.
-- $1 command_id text, $2 order_id bigint, $3 person_id bigint, $4 now bigint
-- no rows
insert into credential_views (command_id, order_id, person_id, at)
values ($1::text, $2::bigint, $3::bigint, at_ms($4::bigint))
