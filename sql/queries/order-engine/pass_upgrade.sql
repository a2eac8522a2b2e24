-- A client's request is the owners' now.
-- $1 id bigint, $2 passed_by bigint (null: the panel), $3 now bigint
-- no rows
update upgrade_requests
set passed_at = at_ms($3::bigint), passed_by = $2::bigint
where id = $1::bigint
