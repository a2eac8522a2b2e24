-- A page of the contractors: free ones first, then busy, then away.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- person_id, name, telegram_id, username, phone, on_duty, reachable, away_until, orders at work ("1024, 1031"), how many there are.
-- Nothing for those who are no staff.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page)
select w.person_id, w.name, w.telegram_id, w.username, w.phone, w.on_duty, w.reachable, w.away_until, b.orders, count(*) over ()
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
join person_roles r on r.role = 'contractor' and r.removed_at is null
join person_facts w on w.person_id = r.person_id
cross join lateral (
    select string_agg('№' || o.id, ', ' order by o.id) as orders
    from orders o
    where o.contractor_id = w.person_id and o.state in ('in_work', 'waiting_client')
) b
order by not (w.on_duty and w.reachable), b.orders is not null, w.name collate "ru-x-icu", w.person_id
limit (select per_page from given) offset (select page * per_page from given)
