-- A page of the orders of a client's account, unfinished ones first, then the newest.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- order_id, state, due_at, ended_at, task, rating, how many there are.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page)
select f.order_id, f.state, f.due_at, f.ended_at, f.task, f.rating, count(*) over ()
from given g
join person_facts p on p.telegram_id = g.telegram_id and p.roles & 1 > 0
join order_facts f on f.account_id = p.account_id
order by f.state in ('closed', 'cancelled'), f.order_id desc
limit (select per_page from given) offset (select page * per_page from given)
