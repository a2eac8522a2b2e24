-- A notice that could not be delivered, and whether anybody else has been told the same.
-- $1 notice_id bigint
-- at most one row: kind, person_id, telegram_id, order_id, others told, the order's open alert of unreachability, alert number,
-- the person is still thought reachable, detail (JSON)
select n.kind, n.person_id, p.telegram_id, n.order_id,
       exists (select from notices o
               where o.order_id = n.order_id and o.kind = n.kind and o.id <> n.id and o.person_id <> n.person_id
                 and o.undeliverable is null and o.withdrawn_at is null),
       (select a.id from alerts a where a.order_id = n.order_id and a.cause = 'unreachable' and a.solved_at is null),
       nextval(pg_get_serial_sequence('alerts', 'id')), p.reachable, n.detail::text
from notices n
join people p on p.id = n.person_id
where n.id = $1::bigint
