-- the processes of the suite as they last said of themselves; those silent for a day are forgotten
-- rows: daemon, instance, version, state text, since bigint ms, silent bigint seconds, alive bool; in their order
select daemon, instance, version, state, ms(since),
       extract(epoch from clock_timestamp() - seen_at)::bigint,
       seen_at > clock_timestamp() - interval '45 seconds'
from process_stats
where seen_at > clock_timestamp() - interval '1 day'
order by array_position(array['bot-gateway', 'order-engine', 'sla-watcher', 'admin-web'], daemon), instance;
