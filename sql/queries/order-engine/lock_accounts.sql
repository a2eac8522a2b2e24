-- Locks the accounts of clients who order, first of all locks.
-- $1 telegram_ids bigint[]: who orders
-- one row per account: id
select a.id
from accounts a
where a.id in (select ap.account_id
               from people p
               join account_people ap on ap.person_id = p.id and ap.removed_at is null
               where p.telegram_id = any ($1::bigint[]))
order by a.id
for no key update
