-- The present run of every clock of these orders.
-- $1 order_ids bigint[]
-- at most one row per order and clock: order_id, clock, run, started_at, ended_at, paused, counted_ms, limit_ms, shares, fired
select distinct on (order_id, clock)
       order_id, clock, run, ms(started_at), ms(ended_at), paused, counted_ms, limit_ms, array_to_string(shares, ' '), fired
from clock_runs
where order_id = any ($1::bigint[])
order by order_id, clock, run desc
