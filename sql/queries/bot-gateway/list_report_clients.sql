-- What client accounts have ordered in a billing month, and on the average of their complete months: a page, the most orders first.
-- $1 place bigint (months ago x 1000 + page), $2 rows per page bigint
-- name, orders, taken, taken in time, worked, done in time, complete months, average x 100 (null: no complete month), how many rows;
-- month's start and end (ms)
with given as (select $1::bigint / 1000 as months_ago, $1::bigint % 1000 as page, $2::bigint as per_page)
select c.name, c.orders, c.taken, c.taken_in_time, c.worked, c.done_in_time, c.complete_months, (c.orders_per_month * 100)::bigint,
       count(*) over (), ms(m.starts_at), ms(m.ends_at)
from given g
join billing_months m on m.id = month_ago(g.months_ago)
left join client_months c on c.billing_month_id = m.id
order by c.orders desc, c.name collate "ru-x-icu", c.account_id
limit (select per_page from given) offset (select page * per_page from given)
