-- Calendars that are not remembered yet.
-- $1 ids bigint[]
-- one row per calendar: id, its words
select id, calendar_words(id)
from calendars
where id = any ($1::bigint[])
