-- What contractors have earned in a billing month, what of it was paid, what is still to be paid: a page, by name.
-- $1 place bigint (months ago x 1000 + page), $2 rows per page bigint
-- name, orders, earned, paid, unpaid (minor units), how many rows, the sums of all of them; month's start and end (ms). One row with
-- name null if nobody has earned anything; none if there is no month that far back.
with given as (select $1::bigint / 1000 as months_ago, $1::bigint % 1000 as page, $2::bigint as per_page)
select p.name, w.orders, w.earned_minor, w.paid_minor, w.unpaid_minor, t.contractors, t.earned_minor, t.paid_minor, t.unpaid_minor,
       ms(t.starts_at), ms(t.ends_at), t.currency
from given g
join month_totals t on t.billing_month_id = month_ago(g.months_ago)
left join payout_months w on w.billing_month_id = t.billing_month_id
left join people p on p.id = w.contractor_id
order by p.name collate "ru-x-icu", p.id
limit (select per_page from given) offset (select page * per_page from given)
