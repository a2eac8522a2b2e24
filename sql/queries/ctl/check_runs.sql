-- the clocks of some orders that run
-- $1 first_id bigint, $2 last_id bigint
-- rows, ascending by order: order_id bigint, clock text, run, started_at ms, counted_ms, limit_ms bigint, shares text, fired bigint,
-- calendar_id bigint (of reaction; null: round the clock)
select c.order_id, c.clock, c.run::bigint, ms(started_at), counted_ms, limit_ms, array_to_string(shares, ' '), fired::bigint,
       case c.clock when 'reaction' then o.calendar_id end
from clock_runs c
join orders o on o.id = c.order_id
where c.order_id between $1::bigint and $2::bigint and c.ended_at is null
order by c.order_id, c.clock, c.run
