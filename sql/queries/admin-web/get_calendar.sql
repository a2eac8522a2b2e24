-- one calendar as the API shows it, also one that has been replaced
-- $1 calendar_id bigint
-- one row: text, a JSON object; none if there is no such calendar
select json_build_object(
           'id', c.id, 'name', c.name, 'time_zone', c.time_zone, 'saved_at', c.saved_at, 'replaced_by', c.replaced_by,
           'intervals', (
               select coalesce(json_agg((i.weekday + 1) || ' ' || format('%s:%s-%s:%s', lpad((i.from_minute / 60)::text, 2, '0'),
                                        lpad((i.from_minute % 60)::text, 2, '0'), lpad((i.to_minute / 60)::text, 2, '0'),
                                        lpad((i.to_minute % 60)::text, 2, '0')) order by i.weekday, i.from_minute), '[]')
               from calendar_intervals i where i.calendar_id = c.id),
           'holidays', (select coalesce(json_agg(h.day order by h.day), '[]') from calendar_holidays h where h.calendar_id = c.id),
           'tariffs', (select count(*) from tariffs t where t.calendar_id = c.id))::text
from calendars c
where c.id = $1::bigint;
