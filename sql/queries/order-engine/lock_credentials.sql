-- What was handed over for an order, for somebody who hands over or looks; the order's end waits for us.
-- $1 order_id bigint, $2 telegram_id bigint
-- at most one row: state, person_id, is it the person's account, works the person on it, sealed (base64 in one line; null: nothing)
select o.state, p.id,
       exists (select from account_people a where a.person_id = p.id and a.account_id = o.account_id and a.removed_at is null),
       o.contractor_id is not distinct from p.id,
       translate(encode(c.sealed, 'base64'), E'\n', '')
from orders o
cross join people p
left join credentials c on c.order_id = o.id
where o.id = $1::bigint and p.telegram_id = $2::bigint
for no key update of o
