-- Locks the orders that a contractor leaves behind unfinished.
-- $1 person_id bigint
-- any number of rows, ascending: id, first day of its month (days since 1970)
select id, month - date '1970-01-01'
from orders
where contractor_id = $1::bigint and state in ('in_work', 'waiting_client')
order by id
for no key update
