-- A page of the people of a role by name, or of those who had a role and have none any more.
-- $1 telegram_id bigint (an owner), $2 what bigint: page * 16 + the role's bit, 0 = removed; $3 rows per page bigint
-- person_id, name, telegram_id, username, phone, on_duty, reachable, account, how many there are. Nothing for those who are no owner.
with given as (select $1::bigint as telegram_id, $2::bigint / 16 as page, $2::bigint % 16 as role, $3::bigint as per_page),
wanted as (
    select r.person_id
    from given g
    cross join person_roles r
    where g.role > 0 and r.removed_at is null
      and r.role = (array['client', 'contractor', '', 'manager', '', '', '', 'owner'])[g.role]
    union all
    select r.person_id
    from given g
    cross join person_roles r
    where g.role = 0
    group by r.person_id
    having bool_and(r.removed_at is not null)
)
select w.id, w.name, w.telegram_id, w.username, w.phone,
       w.on_duty and coalesce(w.away_until <= suite_now(), true), w.reachable, a.name, count(*) over ()
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 8 > 0
cross join wanted
join people w on w.id = wanted.person_id
left join account_people c on c.person_id = w.id and c.removed_at is null
left join accounts a on a.id = c.account_id
order by w.name collate "ru-x-icu", w.id
limit (select per_page from given) offset (select page * per_page from given)
