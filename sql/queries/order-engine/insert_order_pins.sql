-- Who alone sees a new order first.
-- $1 order_ids, $2 person_ids bigint[]
-- no rows
insert into order_pins (order_id, person_id)
select order_id, person_id
from unnest($1::bigint[], $2::bigint[]) as p (order_id, person_id)
