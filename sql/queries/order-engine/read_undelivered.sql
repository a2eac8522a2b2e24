-- A notice that could not be delivered, and whether anybody else has been told the same or soon will be.
-- $1 notice_id bigint
-- at most one row: kind, person_id, telegram_id, order_id, others may know, the person is still thought
-- reachable, it is not withdrawn and the order goes on
select n.kind, n.person_id, p.telegram_id, n.order_id,
       exists (select from notices o
               where o.order_id = n.order_id and o.kind = n.kind and o.id <> n.id and o.person_id <> n.person_id
                 and o.wants_receipt
                 and o.order_version is not distinct from n.order_version
                 and o.undeliverable is null and o.withdrawn_at is null)
       or n.order_id is null
       and exists (select from notices o
                   where o.order_id is null and o.kind = n.kind and o.detail = n.detail and o.person_id <> n.person_id
                     and o.wants_receipt
                     and o.undeliverable is null and o.withdrawn_at is null),
       p.reachable,
       n.withdrawn_at is null
       and (n.order_id is null or exists (select from orders o where o.id = n.order_id and o.state not in ('closed', 'cancelled')))
from notices n
join people p on p.id = n.person_id
where n.id = $1::bigint
