-- Runs of clocks: new ones, and present ones that ended, were paused or fired a step.
-- $1 order_id, $2 run, $3 started_at, $4 ended_at, $5 counted_ms, $6 limit_ms, $7 fired bigint[]; $8 paused bool[];
-- $9 clock, $10 shares text[]
-- no rows
insert into clock_runs (order_id, clock, run, started_at, ended_at, paused, counted_ms, limit_ms, shares, fired)
select order_id, clock, run, at_ms(started_at), at_ms(ended_at), paused, counted_ms, limit_ms,
       string_to_array(shares, ' ')::smallint[], fired
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bool[],
            $9::text[], $10::text[])
     as c (order_id, run, started_at, ended_at, counted_ms, limit_ms, fired, paused, clock, shares)
on conflict (order_id, clock, run)
do update set limit_ms = excluded.limit_ms, ended_at = excluded.ended_at, paused = excluded.paused, fired = excluded.fired
