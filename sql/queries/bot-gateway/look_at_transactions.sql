-- Which transactions may still write, and the newest notice and delivery: what is looked for next sees all that ended by now.
-- no parameters
-- xmin, xmax, newest notice, newest delivery: one row
select pg_snapshot_xmin(s)::text::bigint,
       pg_snapshot_xmax(s)::text::bigint,
       coalesce((select max(id) from notices), 0),
       coalesce((select max(id) from deliveries), 0)
  from pg_current_snapshot() s
