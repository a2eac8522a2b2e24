-- The task of an order of a client's own account, to be ordered once more.
-- $1 telegram_id bigint, $2 order_id bigint
-- text, files (lines), category_id if it is still on sale: one row per message of the task; none if it is not theirs.
with given as (select $1::bigint as telegram_id, $2::bigint as order_id)
select m.text, coalesce(array_to_string(m.files, E'\n'), ''), (select c.id from categories c where c.id = o.category_id and c.on_sale)
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 1 > 0
join orders o on o.id = g.order_id and o.account_id = p.account_id
join order_messages m on m.order_month = o.month and m.order_id = o.id and m.kind in ('task', 'details')
order by m.version
