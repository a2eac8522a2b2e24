-- Deadlines of runs that began.
-- $1 order_id, $2 run, $3 due_at bigint[]; $4 clock, $5 step text[]
-- no rows
insert into deadlines (order_id, run, due_at, clock, step)
select order_id, run, at_ms(due_at), clock, step
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) as d (order_id, run, due_at, clock, step)
