-- Locks the new orders of an account that is left without a person when this one goes.
-- $1 person_id bigint
-- any number of rows, ascending: id, first day of its month (days since 1970), is it left behind
select o.id, o.month - date '1970-01-01', true
from orders o
where o.account_id = (select a.account_id
                      from account_people a
                      where a.person_id = $1::bigint and a.removed_at is null
                        and not exists (select from account_people other
                                        where other.account_id = a.account_id and other.person_id <> a.person_id and other.removed_at is null))
  and o.state = 'new'
order by o.id
for no key update
