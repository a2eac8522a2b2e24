-- Locks the orders that this batch may move. Orders that only grow in their thread are not locked: the key of order_events tells who was faster.
-- $1 ids bigint[]
-- one row per order, ascending: id
select id
from orders
where id = any ($1::bigint[])
order by id
for no key update
