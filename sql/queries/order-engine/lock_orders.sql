-- Locks the orders that this batch may move, and those whose pinned window may end because these people stop being free. Orders that
-- only grow in their thread are not locked: the key of order_events tells who was faster.
-- $1 ids bigint[]; $2 telegram_ids bigint[], $3 ids bigint[]: of people
-- one row per order, ascending: id
select id
from orders
where id in (select unnest($1::bigint[])
             union all
             select d.order_id
             from deadlines d
             join order_pins x on x.order_id = d.order_id
             join people p on p.id = x.person_id
             where d.step = 'open' and (p.telegram_id = any ($2::bigint[]) or p.id = any ($3::bigint[])))
order by id
for no key update
