-- Contractors who closed an order for a client's account, and whether they are pinned.
-- $1 telegram_id bigint
-- contractor_id, name, pinned, busy, away, orders closed here, may_pin, sees_contacts, then only with contacts: telegram_id, username,
-- phone: by name, at most 20 rows.
with given as (select $1::bigint as telegram_id)
select w.person_id, w.name,
       exists (select from pins x where x.account_id = a.id and x.contractor_id = w.person_id),
       exists (select from orders b where b.contractor_id = w.person_id and b.state in ('in_work', 'waiting_client')),
       not w.on_duty, count(*), t.may_pin, t.sees_contacts,
       case when t.sees_contacts then w.telegram_id end, case when t.sees_contacts then w.username end,
       case when t.sees_contacts then w.phone end
from given g
cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
join accounts a on a.id = p.account_id
join tariffs t on t.id = a.tariff_id
join orders o on o.account_id = a.id and o.state = 'closed'
join person_facts w on w.person_id = o.contractor_id and w.roles & 2 > 0
group by w.person_id, w.name, w.on_duty, w.telegram_id, w.username, w.phone, a.id, t.may_pin, t.sees_contacts
order by w.name collate "ru-x-icu", w.person_id
limit 20
