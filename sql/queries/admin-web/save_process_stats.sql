-- admin-web's own row of process_stats
-- $1 pid bigint, $2 version text, $3 since bigint ms, $4 state text, $5 counters text: JSON
-- no rows
with given as (
    select $1::bigint as pid, $2::text as version, $3::bigint as since, $4::text as state, $5::text::jsonb as counters
)
insert into process_stats (daemon, instance, pid, version, since, seen_at, state, counters)
select 'admin-web', '1', pid, version, at_ms(since), clock_timestamp(), state, counters
from given
on conflict (daemon, instance) do update
set pid = excluded.pid, version = excluded.version, since = excluded.since, seen_at = excluded.seen_at,
    state = excluded.state, counters = excluded.counters;
