-- Every row of the payout ledger in a billing month, in the order of time.
-- $1 months_ago bigint, $2 most bigint
-- at (ms), contractor's name, order_id (null: a correction), reason, amount (minor units)
select ms(e.at), p.name, e.order_id, e.reason, e.amount_minor
from payout_entries e
join people p on p.id = e.contractor_id
where e.billing_month_id = month_ago($1::bigint)
order by e.at, e.id
limit $2::bigint
