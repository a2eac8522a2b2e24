-- every calendar there ever was
-- no parameters
-- rows: id bigint, name text (null: another has taken its place), its words text
select id, case when replaced_by is null then name end, calendar_words(id)
from calendars
order by id
