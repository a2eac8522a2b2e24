-- A person as an owner sees one.
-- $1 telegram_id bigint (an owner), $2 person_id bigint
-- person_id, name, telegram_id, username, phone, roles, roles lost (bits), on_duty, away_until, reachable, here since (ms), account_id,
-- account, orders in work, orders closed. One row, or none; nothing for those who are no owner.
with given as (select $1::bigint as telegram_id, $2::bigint as person_id),
held as (
    select coalesce(sum(b.bit) filter (where r.removed_at is null), 0)::bigint as roles,
           coalesce(sum(b.bit) filter (where r.removed_at is not null), 0)::bigint as lost
    from given g
    join person_roles r on r.person_id = g.person_id
    join (values ('client', 1), ('contractor', 2), ('manager', 4), ('owner', 8)) b (role, bit) on b.role = r.role
)
select w.id, w.name, w.telegram_id, w.username, w.phone, held.roles, held.lost,
       w.on_duty and coalesce(w.away_until <= suite_now(), true), ms(w.away_until), w.reachable, ms(w.created_at), a.id, a.name,
       (select count(*) from orders o where o.contractor_id = w.id and o.state in ('in_work', 'waiting_client')),
       (select count(*) from orders o where o.contractor_id = w.id and o.state = 'closed')
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 8 > 0
join people w on w.id = g.person_id
cross join held
left join account_people c on c.person_id = w.id and c.removed_at is null
left join accounts a on a.id = c.account_id
