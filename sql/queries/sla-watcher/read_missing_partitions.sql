-- the month to which order_events should reach by now, if it does not: three whole months are always ready
-- at most one row: month text, YYYY-MM
select to_char(month, 'YYYY-MM')
from (select (date_trunc('month', suite_now() at time zone 'UTC') + interval '3 months')::date) as ahead (month)
where to_regclass(order_partition_of(month)) is null
