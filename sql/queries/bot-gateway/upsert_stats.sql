-- This process in process_stats.
-- $1 instance text, $2 pid bigint, $3 version text, $4 since_ms bigint, $5 state text, $6 counters text (JSON)
-- no rows
insert into process_stats (daemon, instance, pid, version, since, seen_at, state, counters)
values ('bot-gateway', $1::text, $2::bigint, $3::text, at_ms($4::bigint), clock_timestamp(), $5::text, $6::text::jsonb)
on conflict (daemon, instance)
do update set pid = excluded.pid, version = excluded.version, since = excluded.since, seen_at = excluded.seen_at,
              state = excluded.state, counters = excluded.counters
