-- One contractor and the orders that could be taken by him or her, the most urgent first.
-- $1 telegram_id bigint (who looks), $2 person_id bigint
-- The columns of list_contractors, then order_id, task, due_at: a row for each such order, at most 8; one row without an order if there
-- is none. Nothing for those who are no staff, or if it is no contractor.
with given as (select $1::bigint as telegram_id, $2::bigint as person_id)
select w.person_id, w.name, w.telegram_id, w.username, w.phone, w.on_duty, w.reachable, w.away_until, b.orders, 1, o.order_id, o.task, o.due_at
from given g
join person_facts p on p.telegram_id = g.telegram_id and p.roles & 12 > 0
join person_facts w on w.person_id = g.person_id and w.roles & 2 > 0
cross join lateral (
    select string_agg('№' || o.id, ', ' order by o.id) as orders
    from orders o
    where o.contractor_id = w.person_id and o.state in ('in_work', 'waiting_client')
) b
left join lateral (
    select f.order_id, f.task, f.due_at
    from order_facts f
    where f.state = 'new' and f.account_id is distinct from w.account_id
      and (f.offer_open or exists (select from order_pins x where x.order_id = f.order_id and x.person_id = w.person_id))
      and not exists (select from order_passes y where y.order_id = f.order_id and y.person_id = w.person_id)
    order by f.due_at, f.order_id
    limit 8
) o on true
order by o.due_at, o.order_id
