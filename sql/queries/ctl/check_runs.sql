-- the clocks of some orders that run
-- $1 first_id bigint, $2 last_id bigint
-- rows, ascending by order: order_id bigint, clock text, run, started_at ms, counted_ms, limit_ms bigint, shares text, fired bigint
select order_id, clock, run::bigint, ms(started_at), counted_ms, limit_ms, array_to_string(shares, ' '), fired::bigint
from clock_runs
where order_id between $1::bigint and $2::bigint and ended_at is null
order by order_id, clock, run
