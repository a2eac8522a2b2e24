-- A contractor's own earnings in a billing month, row by row: a page, the newest first; the sums are those of the owner's report.
-- $1 telegram_id bigint (who asks), $2 place bigint (months ago x 1000 + page), $3 rows per page bigint
-- month's start and end (ms), contractor_id, name, order_id (null: a correction), reason, amount_minor, currency, at, the contractor's
-- sum, what of it was paid, what is still to be paid, how many entries there are. One row per ledger entry; a month without any: one
-- row with contractor null.
with given as (select $1::bigint as telegram_id, $2::bigint / 1000 as months_ago, $2::bigint % 1000 as page, $3::bigint as per_page),
month as (select m.id, m.starts_at, m.ends_at from given g join billing_months m on m.id = month_ago(g.months_ago)),
sums as (
    select contractor_id, currency, earned_minor, paid_minor, unpaid_minor
    from payout_months
    where billing_month_id = (select id from month)
)
select ms(m.starts_at), ms(m.ends_at), e.contractor_id, w.name, e.order_id, e.reason, e.amount_minor, e.currency, ms(e.at),
       l.earned_minor, l.paid_minor, l.unpaid_minor, count(*) over ()
from given g
join month m on true
left join people p on p.telegram_id = g.telegram_id and p.removed_at is null
left join payout_entries e on e.billing_month_id = m.id and e.contractor_id = p.id
left join sums l on l.contractor_id = e.contractor_id and l.currency = e.currency
left join people w on w.id = e.contractor_id
order by e.at desc, e.id desc
limit (select per_page from given) offset (select page * per_page from given)
