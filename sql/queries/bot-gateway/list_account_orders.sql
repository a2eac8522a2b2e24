-- A page of the orders of a client's account, unfinished ones first, then the newest.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- order_id, state, due_at, ended_at, task, rating, how many there are.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page),
shown as (
    select o.id, count(*) over () as total
    from given g
    join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 1 > 0
    join orders o on o.account_id = p.account_id
    order by o.state in ('closed', 'cancelled'), o.id desc
    limit (select per_page from given) offset (select page * per_page from given)
)
select f.order_id, f.state, f.due_at, f.ended_at, f.task, f.rating, o.total
from shown o
cross join lateral (select * from order_facts f where f.order_id = o.id offset 0) f
order by f.state in ('closed', 'cancelled'), f.order_id desc
