-- Orders a person may say something about now: the account's, the own work.
-- $1 telegram_id bigint
-- order_id, state, task, as client?: the newest first, at most 6 rows; none also for whoever has no such order.
with given as (select $1::bigint as telegram_id)
select f.order_id, f.state, f.task, f.account_id is not distinct from p.account_id
from given g
join person_facts p on p.telegram_id = g.telegram_id
join order_facts f on f.state in ('in_work', 'waiting_client', 'done')
     and (f.contractor_id = p.person_id or (p.roles & 1 > 0 and f.account_id = p.account_id))
order by f.order_id desc
limit 6
