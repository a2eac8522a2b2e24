-- The minutes that count.
-- $1 calendar_id bigint, $2 weekday, $3 from_minute, $4 to_minute bigint[]
-- no rows
insert into calendar_intervals (calendar_id, weekday, from_minute, to_minute)
select $1::bigint, weekday, from_minute, to_minute
from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as i (weekday, from_minute, to_minute)
