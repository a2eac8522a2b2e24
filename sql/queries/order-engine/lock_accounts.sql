-- Locks the accounts of clients who order, and those of whose subscription a step is reached; first of all locks.
-- $1 telegram_ids bigint[]: who orders, $2 ids bigint[]: of accounts
-- one row per account, ascending: id
select a.id
from accounts a
where a.id in (select ap.account_id
               from people p
               join account_people ap on ap.person_id = p.id and ap.removed_at is null
               where p.telegram_id = any ($1::bigint[])
               union all
               select unnest($2::bigint[]))
order by a.id
for no key update
