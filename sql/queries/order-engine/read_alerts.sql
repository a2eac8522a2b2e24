-- The open alerts of these orders.
-- $1 order_ids bigint[]
-- at most one row per order and cause: order_id, cause, id, level, acknowledged_by, acknowledged_at,
-- raised_at, repeats
select order_id, cause, id, level, acknowledged_by, ms(acknowledged_at), ms(raised_at), repeats
from alerts
where order_id = any ($1::bigint[]) and solved_at is null
