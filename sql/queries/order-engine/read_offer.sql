-- An order as somebody sees it who may be offered it.
-- $1 order_id bigint, $2 telegram_id bigint
-- at most one row: state, taken_at ms, person_id, of the own account?, open to the person?
select o.state, ms(o.taken_at), p.id,
       exists (select from account_people a where a.person_id = p.id and a.account_id = o.account_id and a.removed_at is null),
       (o.offer_open or exists (select from order_pins x where x.order_id = o.id and x.person_id = p.id))
           and not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.id)
from orders o
cross join people p
where o.id = $1::bigint and p.telegram_id = $2::bigint
