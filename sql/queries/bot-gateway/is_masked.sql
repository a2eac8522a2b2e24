-- Is what this person says in an order's thread masked? Of client and contractor, where the tariff grants no contacts.
-- $1 telegram_id bigint, $2 order_id bigint
-- one boolean, or no row
with given as (select $1::bigint as telegram_id, $2::bigint as order_id)
select not o.sees_contacts and (o.contractor_id is not distinct from p.person_id
                                or (p.roles & 1 > 0 and o.account_id is not distinct from p.account_id))
from given g
cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
join orders o on o.id = g.order_id
