-- A client's request for a larger tariff, and what has come of it.
-- $1 telegram_id bigint (who looks), $2 request_id bigint
-- At most one row, the columns of load_inquiry.sql; tariff: the account's, or what was granted. Nothing for those who are no staff.
select u.id, w.name, w.telegram_id, w.username, w.phone, c.name, null, null, 0, t.name, u.words,
       case when u.closed_at is null then p.name else coalesce(b.name, split_part(u.closed_by, ':', 2)) end,
       ms(coalesce(u.closed_at, u.passed_at)), coalesce(u.outcome = 'declined', false), u.passed_at is not null, u.closed_at is not null
from (select $1::bigint as telegram_id, $2::bigint as request_id) given
join lateral (select * from person_facts s where s.telegram_id = given.telegram_id offset 0) s on s.roles & 12 > 0
join upgrade_requests u on u.id = given.request_id
join people w on w.id = u.person_id
join accounts c on c.id = u.account_id
left join tariffs t on t.id = case when u.closed_at is null then c.tariff_id else u.granted_tariff_id end
left join people p on p.id = u.passed_by
left join people b on b.telegram_id = case when u.closed_by like 'tg:%' then substr(u.closed_by, 4)::bigint end
