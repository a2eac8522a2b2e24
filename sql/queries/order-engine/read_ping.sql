-- An order and the contractor whom a manager asks to take it; the person is locked, so that two managers ask one after the other.
-- $1 order_id bigint, $2 person_id bigint
-- at most one row: state, taken_at ms, is a contractor?, reachable?, of the own account?, open to the person?, asked last at ms (0 = never)
select o.state, ms(o.taken_at),
       exists (select from person_roles r where r.person_id = p.id and r.role = 'contractor' and r.removed_at is null),
       p.reachable,
       exists (select from account_people a where a.person_id = p.id and a.account_id = o.account_id and a.removed_at is null),
       (o.offer_open or exists (select from order_pins x where x.order_id = o.id and x.person_id = p.id))
           and not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.id),
       coalesce((select ms(q.at) from offer_pings q where q.order_id = o.id and q.person_id = p.id), 0)
from orders o
cross join people p
where o.id = $1::bigint and p.id = $2::bigint and p.removed_at is null
for no key update of p
