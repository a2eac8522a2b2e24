-- the processes, as each has last reported itself
-- rows: daemon text, instance text, pid bigint, version text, since bigint ms, silent_s bigint: seconds since its report, state text, counters
-- text: JSON
select daemon, instance, pid::bigint, version, ms(since), extract(epoch from clock_timestamp() - seen_at)::bigint, state,
       counters::text
from process_stats
order by daemon, instance
