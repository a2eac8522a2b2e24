-- Who is told that the subscription of these accounts ends, and the day to whose end it is paid.
-- $1 account_ids bigint[]
-- any number of rows: account_id, person_id (null: nobody can be reached), paid_until in days since 1970
select a.id, p.id, a.paid_until - date '1970-01-01'
from accounts a
left join account_people m on m.account_id = a.id and m.removed_at is null
left join people p on p.id = m.person_id and p.removed_at is null and p.reachable
where a.id = any ($1::bigint[]) and a.paid_until is not null
