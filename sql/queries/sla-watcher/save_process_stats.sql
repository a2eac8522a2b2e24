-- this process in process_stats
-- $1 instance text, $2 pid bigint, $3 version text, $4 since bigint ms, $5 state text, $6 counters text: JSON
-- no rows
with given as (
    select $1::text as instance, $2::bigint::integer as pid, $3::text as version, $4::bigint as since, $5::text as state,
           $6::text::jsonb as counters
)
insert into process_stats (daemon, instance, pid, version, since, seen_at, state, counters)
select 'sla-watcher', instance, pid, version, at_ms(since), clock_timestamp(), state, counters
from given
on conflict (daemon, instance)
do update set pid = excluded.pid, version = excluded.version, since = excluded.since, seen_at = excluded.seen_at,
              state = excluded.state, counters = excluded.counters
