-- one client account with its people and pinned contractors, as the API shows it
-- $1 account_id bigint
-- one row: text, a JSON object; none if there is no such account
with given as (
    select $1::bigint as account_id,
           (suite_now() at time zone coalesce((select value from parameters where name = 'TIME_ZONE'), 'Europe/Moscow'))::date
               as today
)
select json_build_object(
           'id', a.id, 'name', a.name, 'tariff', json_build_object('id', t.id, 'name', t.name),
           'paid_until', a.paid_until, 'is_paid', coalesce(a.paid_until >= given.today, false),
           'people', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.id), '[]')
                      from account_people ap join people p on p.id = ap.person_id
                      where ap.account_id = a.id and ap.removed_at is null),
           'pinned', (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.id), '[]')
                      from pins join people p on p.id = pins.contractor_id
                      where pins.account_id = a.id),
           'quota_left', (select q.quota_left from account_quota q where q.account_id = a.id),
           'open_orders', (select count(*) from orders o
                           where o.account_id = a.id and o.state in ('new', 'in_work', 'waiting_client')),
           'created_at', a.created_at)::text
from given
join accounts a on a.id = given.account_id
join tariffs t on t.id = a.tariff_id;
