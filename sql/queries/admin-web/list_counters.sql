-- the figures of the other daemons that are alive
-- rows: daemon, instance, name text, value text: a JSON number; those of one name stand together
select p.daemon, p.instance, c.key, c.value::text
from process_stats p
cross join lateral jsonb_each(p.counters) c
where p.daemon <> 'admin-web'
  and p.seen_at > clock_timestamp() - interval '45 seconds'
  and jsonb_typeof(c.value) = 'number'
order by p.daemon, c.key, p.instance;
