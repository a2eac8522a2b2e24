-- A contractor's orders: what is in work, then what waits to be accepted.
-- $1 telegram_id bigint
-- order_id, state, due_at, task: at most 20 rows.
with given as (select $1::bigint as telegram_id)
select f.order_id, f.state, f.due_at, f.task
from given g
cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
join orders o on o.contractor_id = p.person_id and o.state in ('in_work', 'waiting_client', 'done')
cross join lateral (select * from order_facts f where f.order_id = o.id offset 0) f
order by f.state = 'done', f.due_at, f.order_id
limit 20
