-- The accounts of clients who order, with their tariff and what they have used; read after the lock.
-- $1 telegram_ids bigint[]
-- one row per account: the columns of struct account
with given as (select $1::bigint[] as telegram_ids)
select a.id, t.id, t.orders_per_month, t.reaction_minutes, coalesce(t.rate_minor, -1), t.open_orders, t.may_pin,
       t.sees_contacts, a.paid_until is not null, a.paid_until - date '1970-01-01',
       (select q.balance from account_quota q where q.account_id = a.id),
       (select count(*) from orders o where o.account_id = a.id and o.state in ('new', 'in_work', 'waiting_client')),
       t.calendar_id
from given, accounts a
join tariffs t on t.id = a.tariff_id
where a.id in (select ap.account_id
               from people p
               join account_people ap on ap.person_id = p.id and ap.removed_at is null
               where p.telegram_id = any (given.telegram_ids))
