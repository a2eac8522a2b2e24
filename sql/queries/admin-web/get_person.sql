-- one person as the API shows it
-- $1 person_id bigint
-- one row: text, a JSON object; none if there is no such person
select json_build_object(
           'id', p.id, 'name', p.name, 'username', p.username, 'telegram_id', p.telegram_id,
           'roles', (select coalesce(json_agg(r.role order by r.role), '[]')
                     from person_roles r where r.person_id = p.id and r.removed_at is null),
           'on_duty', p.on_duty, 'reachable', p.reachable,
           'joined_at', p.created_at, 'removed_at', p.removed_at,
           'phone', p.phone, 'language', nullif(p.language, ''), 'time_zone', nullif(p.time_zone, ''), 'away_until', p.away_until,
           'unreachable_at', p.unreachable_at, 'privacy_at', p.privacy_at,
           'account', (select json_build_object('id', a.id, 'name', a.name)
                       from account_people ap join accounts a on a.id = ap.account_id
                       where ap.person_id = p.id and ap.removed_at is null),
           'orders_in_work', (select count(*) from orders o
                              where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client')))::text
from people p
where p.id = $1::bigint;
