-- One contractor and the orders that could be taken by him or her, the most urgent first.
-- $1 telegram_id bigint (who looks), $2 person_id bigint
-- The columns of list_contractors, then order_id, task, due_at: a row for each such order, at most 8; one row without an order if there
-- is none. Nothing for those who are no staff, or if it is no contractor.
with given as (select $1::bigint as telegram_id, $2::bigint as person_id)
select w.person_id, w.name, w.telegram_id, w.username, w.phone, w.on_duty, w.reachable, w.away_until, b.orders, 1, f.order_id, f.task, f.due_at
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
join lateral (select * from person_facts w where w.person_id = g.person_id offset 0) w on w.roles & 2 > 0
cross join lateral (
    select string_agg('№' || o.id, ', ' order by o.id) as orders
    from orders o
    where o.contractor_id = w.person_id and o.state in ('in_work', 'waiting_client')
) b
left join lateral (
    select o.id
    from orders o
    left join clock_runs c on c.order_id = o.id and c.ended_at is null and c.clock = clock_of(o.state)
    where o.state = 'new' and o.account_id is distinct from w.account_id
      and (o.offer_open or exists (select from order_pins x where x.order_id = o.id and x.person_id = w.person_id))
      and not exists (select from order_passes y where y.order_id = o.id and y.person_id = w.person_id)
    order by clock_due(c), o.id
    limit 8
) o on true
left join lateral (select * from order_facts f where f.order_id = o.id offset 0) f on true
order by f.due_at, f.order_id
