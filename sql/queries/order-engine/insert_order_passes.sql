-- Contractors who had an order and have it no more; who was given it again and passed it again stands there already.
-- $1 order_ids, $2 person_ids, $3 at bigint[]
-- no rows
insert into order_passes (order_id, person_id, at)
select order_id, person_id, at_ms(at)
from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as p (order_id, person_id, at)
on conflict do nothing
