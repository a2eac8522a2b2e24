-- How many orders of a billing month came in which hour of the week.
-- $1 months_ago bigint
-- weekday (0 = Monday), hour, orders: at most 168 rows
select weekday, hour, orders
from hour_months
where billing_month_id = month_ago($1::bigint)
