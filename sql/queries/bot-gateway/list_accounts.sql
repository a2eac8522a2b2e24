-- A page of the client accounts, by name.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint, $4 zone text
-- account_id, name, tariff, paid until (first instant after, ms; null: never paid), orders left, people, how many accounts there are.
-- Nothing for those who are no staff.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page, $4::text as zone),
shown as (
    select a.id, a.name, a.tariff_id, a.paid_until, count(*) over () as total
    from given g
    join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
    cross join accounts a
    order by a.name collate "ru-x-icu", a.id
    limit (select per_page from given) offset (select page * per_page from given)
)
select s.id, s.name, t.name, ms((s.paid_until + 1)::timestamp at time zone g.zone),
       (select q.quota_left from account_quota q where q.account_id = s.id),
       (select count(*) from account_people x where x.account_id = s.id and x.removed_at is null),
       s.total
from given g
cross join shown s
join tariffs t on t.id = s.tariff_id
order by s.name collate "ru-x-icu", s.id
