-- A client's request has been seen to.
-- $1 id bigint, $2 outcome text, $3 now bigint, $4 closed_by text
-- no rows
update upgrade_requests
set outcome = $2::text, closed_at = at_ms($3::bigint), closed_by = $4::text
where id = $1::bigint
