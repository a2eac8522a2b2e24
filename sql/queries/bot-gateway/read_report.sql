-- A billing month in one row, and its busiest hour of the week.
-- $1 months_ago bigint
-- month's start and end (ms), orders, taken, taken in time, worked, done in time, currency, earned, paid, unpaid (minor units),
-- contractors, accounts; weekday, hour and orders of the busiest hour (null: no order). No row: there is no month that far back.
select ms(t.starts_at), ms(t.ends_at), t.orders, t.taken, t.taken_in_time, t.worked, t.done_in_time, t.currency, t.earned_minor,
       t.paid_minor, t.unpaid_minor, t.contractors, t.accounts, h.weekday, h.hour, h.orders
from month_totals t
left join lateral (
    select weekday, hour, orders from hour_months where billing_month_id = t.billing_month_id order by orders desc, weekday, hour limit 1
) h on true
where t.billing_month_id = month_ago($1::bigint)
