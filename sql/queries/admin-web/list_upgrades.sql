-- a page of clients' requests for a larger tariff, the newest first, as the API shows them
-- $1 open text: true or false, null = any, $2 limit bigint, $3 offset bigint
-- one row: text, a JSON object of items and total; counting stops at 10000
with given as (
    select $1::text::boolean as open, $2::bigint as page, $3::bigint as skip
),
found as (
    select u.id, row_number() over (order by u.id desc) as place
    from given
    cross join upgrade_requests u
    where given.open is null or given.open = (u.closed_at is null)
    order by u.id desc
    limit 10000
),
shown as (
    select found.place,
           json_build_object(
               'id', u.id, 'account', json_build_object('id', a.id, 'name', a.name),
               'person', json_build_object('id', p.id, 'name', p.name), 'tariff_id', u.tariff_id, 'at', u.at,
               'outcome', u.outcome, 'closed_at', u.closed_at, 'closed_by', u.closed_by) as item
    from given
    cross join found
    join upgrade_requests u on u.id = found.id
    join accounts a on a.id = u.account_id
    join people p on p.id = u.person_id
    where found.place > given.skip and found.place <= given.skip + given.page
)
select json_build_object('items', coalesce((select json_agg(item order by place) from shown), '[]'),
                         'total', (select count(*) from found))::text;
