-- a page of people by name, as the API shows them
-- $1 role text, $2 q text: part of a name, @username or phone, or a Telegram id, $3 removed text: true or false,
-- $4 limit bigint, $5 offset bigint; null = any
-- one row: text, a JSON object of items and total; counting stops at 10000
with given as (
    select $1::text as role, lower(ltrim($2::text, '@')) as q, $3::text::boolean as removed, $4::bigint as page, $5::bigint as skip
),
found as (
    select p.id, row_number() over (order by p.name collate "ru-x-icu", p.id) as place
    from given
    cross join people p
    where (given.role is null
           or exists (select from person_roles r
                      where r.person_id = p.id and r.role = given.role and r.removed_at is null))
      and (given.q is null
           or position(given.q in lower(p.name)) > 0
           or position(given.q in lower(p.username)) > 0
           or position(given.q in p.phone) > 0
           or p.telegram_id::text = given.q)
      and (given.removed is null or given.removed = (p.removed_at is not null))
    order by p.name collate "ru-x-icu", p.id
    limit 10000
),
shown as (
    select found.place,
           json_build_object(
               'id', p.id, 'name', p.name, 'username', p.username, 'telegram_id', p.telegram_id,
               'roles', (select coalesce(json_agg(r.role order by r.role), '[]')
                         from person_roles r where r.person_id = p.id and r.removed_at is null),
               'on_duty', p.on_duty, 'reachable', p.reachable,
               'joined_at', p.created_at, 'removed_at', p.removed_at) as item
    from given
    cross join found
    join people p on p.id = found.id
    where found.place > given.skip and found.place <= given.skip + given.page
)
select json_build_object('items', coalesce((select json_agg(item order by place) from shown), '[]'),
                         'total', (select count(*) from found))::text;
