-- the deadlines of some orders' clocks
-- $1 first_id bigint, $2 last_id bigint
-- rows, ascending by order: order_id bigint, clock text, run bigint, step text, due_at bigint ms
select order_id, clock, run::bigint, step, ms(due_at)
from deadlines
where order_id between $1::bigint and $2::bigint and alert_id is null
order by order_id, clock, run, step
