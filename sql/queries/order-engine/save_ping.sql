-- A manager has asked a contractor to take an order.
-- $1 order_id bigint, $2 person_id bigint, $3 now bigint
-- no rows
insert into offer_pings (order_id, person_id, at)
values ($1::bigint, $2::bigint, at_ms($3::bigint))
on conflict (order_id, person_id) do update set at = excluded.at
