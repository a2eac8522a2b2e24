-- The days of which none counts.
-- $1 calendar_id bigint, $2 days bigint[]: since 1970
-- no rows
insert into calendar_holidays (calendar_id, day)
select $1::bigint, date '1970-01-01' + day::integer
from unnest($2::bigint[]) as h (day)
