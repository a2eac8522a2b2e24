-- Runs of clocks that begin.
-- $1 order_id, $2 run, $3 started_at, $4 ended_at, $5 counted_ms, $6 limit_ms, $7 fired, $8 due_at bigint[] (null: plain time);
-- $9 paused bool[]; $10 clock, $11 shares text[]
-- no rows
insert into clock_runs (order_id, clock, run, started_at, ended_at, paused, counted_ms, limit_ms, shares, fired, due_at)
select order_id, clock, run, at_ms(started_at), at_ms(ended_at), paused, counted_ms, limit_ms,
       string_to_array(shares, ' ')::smallint[], fired, at_ms(due_at)
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bool[], $10::text[], $11::text[])
     as c (order_id, run, started_at, ended_at, counted_ms, limit_ms, fired, due_at, paused, clock, shares)
