-- A client account as an owner sees it.
-- $1 telegram_id bigint, $2 account_id bigint, $3 zone text
-- account_id, name, tariff, paid until (first instant after, ms; null: never paid), orders left, open orders, names of its people,
-- the last day paid for (days since 1970). One row, or none; nothing for those who are no owners.
with given as (select $1::bigint as telegram_id, $2::bigint as account_id, $3::text as zone)
select a.id, a.name, t.name, ms((a.paid_until + 1)::timestamp at time zone g.zone),
       (select q.quota_left from account_quota q where q.account_id = a.id),
       (select count(*) from orders o where o.account_id = a.id and o.state in ('new', 'in_work', 'waiting_client')),
       (select string_agg(x.name, ', ' order by x.name collate "ru-x-icu")
        from account_people c join people x on x.id = c.person_id
        where c.account_id = a.id and c.removed_at is null),
       (a.paid_until - date '1970-01-01')::bigint
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 8 > 0
join accounts a on a.id = g.account_id
join tariffs t on t.id = a.tariff_id
