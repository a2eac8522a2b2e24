-- Contractors who could take an order now: on duty, reachable, below the limit, not of its account; who had it already cannot, who
-- has declined it does not want it.
-- $1 order_id bigint, $2 limit bigint, $3 default_max_orders bigint
-- name, telegram_id, username, phone, how many there are; by name, at most so many rows.
with given as (select $1::bigint as order_id, $2::bigint as most, $3::bigint as default_max)
select p.name, p.telegram_id, p.username, p.phone, count(*) over () as free
from given g
join orders o on o.id = g.order_id
join person_roles r on r.role = 'contractor' and r.removed_at is null
join person_facts p on p.person_id = r.person_id and p.on_duty and p.reachable and p.account_id is distinct from o.account_id
where not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.person_id)
  and not exists (select from offer_declines n where n.order_id = o.id and n.person_id = p.person_id)
  and (select count(*) from orders w where w.contractor_id = p.person_id and w.state in ('in_work', 'waiting_client'))
      < coalesce((select value::bigint from parameters where name = 'CONTRACTOR_MAX_ORDERS'), g.default_max)
order by p.name collate "ru-x-icu", p.person_id
limit (select most from given)
