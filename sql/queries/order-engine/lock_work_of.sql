-- Locks the orders that a contractor leaves behind unfinished, and those whose pinned window may end with who goes: of two who go at
-- one instant the later one sees that the other is gone.
-- $1 person_id bigint
-- any number of rows, ascending: id, first day of its month (days since 1970), is it left behind
select id, month - date '1970-01-01', state <> 'new'
from orders
where id in (select o.id
             from orders o
             where o.contractor_id = $1::bigint and o.state in ('in_work', 'waiting_client')
             union all
             select d.order_id
             from deadlines d
             join order_pins x on x.order_id = d.order_id
             where d.step = 'open' and x.person_id = $1::bigint)
order by id
for no key update
