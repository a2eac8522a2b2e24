-- At the end of an order what the client handed over is erased.
-- $1 order_ids bigint[], $2 now bigint
-- no rows
update credentials
set sealed = null, erased_at = at_ms($2::bigint)
where order_id = any ($1::bigint[]) and sealed is not null
