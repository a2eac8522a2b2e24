-- what was said about an order, in its order
-- $1 order_id bigint
-- rows: at bigint ms, version bigint, kind text, text text with the number of its files
select ms(e.at), m.version::bigint, m.kind,
       coalesce(m.text, '') || case when cardinality(m.files) > 0 then ' [' || cardinality(m.files) || ' files]' else '' end
from orders o
join order_messages m on m.order_month = o.month and m.order_id = o.id
join order_events e on e.order_month = m.order_month and e.order_id = m.order_id and e.version = m.version
where o.id = $1::bigint
order by m.version
