-- every calendar there has been
-- rows: id bigint, words text
select id, calendar_words(id)
from calendars
order by id
