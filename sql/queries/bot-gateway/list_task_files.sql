-- Attachments of an order's task.
-- $1 order_id bigint
-- One line of "<kind> <file_id> <chat_id> <message_id>" a row.
with given as (select $1::bigint as order_id)
select f.file
from given g
join orders o on o.id = g.order_id
join order_messages m on m.order_month = o.month and m.order_id = o.id and m.kind in ('task', 'details')
cross join unnest(m.files) with ordinality f(file, position)
order by m.version, f.position
