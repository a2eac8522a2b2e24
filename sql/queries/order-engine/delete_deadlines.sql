-- Deadlines of runs that ended.
-- $1 order_ids bigint[], $2 runs bigint[], $3 clocks text[]
-- no rows
delete from deadlines d
using unnest($1::bigint[], $2::bigint[], $3::text[]) as ended (order_id, run, clock)
where d.order_id = ended.order_id and d.clock = ended.clock and d.run = ended.run
