-- A contractor's orders: what is in work, then what waits to be accepted.
-- $1 telegram_id bigint
-- order_id, state, due_at, task: at most 20 rows.
with given as (select $1::bigint as telegram_id)
select f.order_id, f.state, f.due_at, f.task
from given g
join person_facts p on p.telegram_id = g.telegram_id
join order_facts f on f.contractor_id = p.person_id and f.state in ('in_work', 'waiting_client', 'done')
order by f.state = 'done', f.due_at, f.order_id
limit 20
