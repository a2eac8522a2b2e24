-- A client's request has been seen to.
-- $1 id bigint, $2 outcome text, $3 now bigint, $4 closed_by text, $5 granted tariff_id bigint (null: none), $6 words text (null: none)
-- no rows
update upgrade_requests
set outcome = $2::text, closed_at = at_ms($3::bigint), closed_by = $4::text, granted_tariff_id = $5::bigint, words = $6::text
where id = $1::bigint
