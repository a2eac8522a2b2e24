-- every calendar there has been
-- rows: id bigint, time_zone text, intervals text ("0 540 1080;1 540 1080"), holidays text (days since 1970)
select c.id, c.time_zone,
       (select coalesce(string_agg(concat_ws(' ', i.weekday, i.from_minute, i.to_minute), ';' order by i.weekday, i.from_minute), '')
        from calendar_intervals i where i.calendar_id = c.id),
       (select coalesce(string_agg((h.day - date '1970-01-01')::text, ' ' order by h.day), '')
        from calendar_holidays h where h.calendar_id = c.id)
from calendars c
order by c.id
