-- Orders a person may say something about now: the account's, the own work.
-- $1 telegram_id bigint
-- order_id, state, task, as client?: the newest first, at most 6 rows; none also for whoever has no such order.
with given as (select $1::bigint as telegram_id)
select f.order_id, f.state, f.task, f.account_id is not distinct from p.account_id
from given g
cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
cross join lateral (
    select o.id from orders o where o.contractor_id = p.person_id and o.state in ('in_work', 'waiting_client', 'done')
    union
    select o.id from orders o where p.roles & 1 > 0 and o.account_id = p.account_id and o.state in ('in_work', 'waiting_client', 'done')
    order by id desc
    limit 6
) o
cross join lateral (select * from order_facts f where f.order_id = o.id offset 0) f
order by f.order_id desc
