-- Runs of clocks that ended, were paused, were given more time or fired a step.
-- $1 order_id, $2 run, $3 ended_at, $4 limit_ms, $5 fired bigint[]; $6 paused bool[]; $7 clock text[]
-- no rows
update clock_runs r
set ended_at = at_ms(n.ended_at), limit_ms = n.limit_ms, fired = n.fired, paused = n.paused
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bool[], $7::text[])
     as n (order_id, run, ended_at, limit_ms, fired, paused, clock)
where r.order_id = n.order_id and r.clock = n.clock and r.run = n.run
