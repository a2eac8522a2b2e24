-- the alerts of some orders
-- $1 first_id bigint, $2 last_id bigint
-- rows, ascending by order: order_id, id bigint, raised_at bigint ms, cause text
select order_id, id, ms(raised_at), cause
from alerts
where order_id between $1::bigint and $2::bigint
order by order_id, id
