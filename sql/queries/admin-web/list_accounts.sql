-- a page of client accounts by name, as the API shows them
-- $1 q text: part of the name or of a person's, $2 tariff bigint, $3 paid text: true or false,
-- $4 limit bigint, $5 offset bigint; null = any
-- one row: text, a JSON object of items and total; counting stops at 10000
with given as (
    select lower($1::text) as q, $2::bigint as tariff, $3::text::boolean as paid, $4::bigint as page, $5::bigint as skip,
           (suite_now() at time zone coalesce((select value from parameters where name = 'TIME_ZONE'), 'Europe/Moscow'))::date
               as today
),
found as (
    select a.id, row_number() over (order by a.name collate "ru-x-icu", a.id) as place
    from given
    cross join accounts a
    where (given.tariff is null or a.tariff_id = given.tariff)
      and (given.paid is null or given.paid = (a.paid_until is not null and a.paid_until >= given.today))
      and (given.q is null
           or position(given.q in lower(a.name)) > 0
           or exists (select from account_people ap join people p on p.id = ap.person_id
                      where ap.account_id = a.id and ap.removed_at is null and position(given.q in lower(p.name)) > 0))
    order by a.name collate "ru-x-icu", a.id
    limit 10000
),
shown as (
    select found.place,
           json_build_object(
               'id', a.id, 'name', a.name, 'tariff', json_build_object('id', t.id, 'name', t.name),
               'paid_until', a.paid_until, 'is_paid', coalesce(a.paid_until >= given.today, false),
               'people', (select count(*) from account_people ap where ap.account_id = a.id and ap.removed_at is null),
               'quota_left', (select q.quota_left from account_quota q where q.account_id = a.id),
               'created_at', a.created_at) as item
    from given
    cross join found
    join accounts a on a.id = found.id
    join tariffs t on t.id = a.tariff_id
    where found.place > given.skip and found.place <= given.skip + given.page
)
select json_build_object('items', coalesce((select json_agg(item order by place) from shown), '[]'),
                         'total', (select count(*) from found))::text;
