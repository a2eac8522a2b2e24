-- Contractors in force, best first: who has least to do, then who has waited longest since the last order taken.
-- one row per person: as read_people, then orders in work
select p.id, p.telegram_id, 'contractor', a.account_id,
       p.on_duty, p.reachable, ms(p.away_until),
       w.open_orders
from people p
join person_roles r on r.person_id = p.id and r.role = 'contractor' and r.removed_at is null
left join account_people a on a.person_id = p.id and a.removed_at is null
cross join lateral (
    select count(*) filter (where o.state in ('in_work', 'waiting_client')) as open_orders, max(o.taken_at) as last_taken_at
    from orders o
    where o.contractor_id = p.id
) w
where p.removed_at is null and p.telegram_id is not null
order by w.open_orders, w.last_taken_at nulls first, p.id
