-- The open alerts of these orders.
-- $1 order_ids bigint[]
-- at most one row per order and cause: order_id, cause, id, level, acknowledged_by, acknowledged_at
select order_id, cause, id, level, acknowledged_by, ms(acknowledged_at)
from alerts
where order_id = any ($1::bigint[]) and solved_at is null
