-- Locks the account somebody is client of.
-- $1 person_id bigint
-- at most one row: id
select a.id
from accounts a
where a.id = (select account_id from account_people where person_id = $1::bigint and removed_at is null)
for no key update
