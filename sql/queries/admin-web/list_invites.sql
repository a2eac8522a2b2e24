-- a page of invites, the newest first, as the API shows them
-- $1 state text: open, used, revoked or expired, $2 role text, $3 limit bigint, $4 offset bigint; null = any
-- $5 show_links bool: whether the asker may see what opens the door, $6 bot text: username for the links, '' = as reported
-- one row: text, a JSON object of items and total; counting stops at 10000
with given as (
    select $1::text as state, $2::text as role, $3::bigint as page, $4::bigint as skip, $5::boolean as show_links,
           coalesce(nullif($6::text, ''), (select p.counters->>'bot_username' from process_stats p
                                           where p.daemon = 'bot-gateway' and p.counters ? 'bot_username'
                                           order by p.seen_at desc limit 1)) as bot
),
found as (
    select i.id, s.state, row_number() over (order by i.id desc) as place
    from given
    cross join invites i
    cross join lateral (
        select case when i.used_at is not null then 'used' when i.revoked_at is not null then 'revoked'
                    when i.expires_at <= (select suite_now()) then 'expired' else 'open' end as state
    ) s
    where (given.state is null or given.state = s.state)
      and (given.role is null or given.role = i.role)
    order by i.id desc
    limit 10000
),
shown as (
    select found.place,
           json_build_object(
               'id', i.id, 'role', i.role, 'state', found.state,
               'tariff_id', i.tariff_id, 'account_id', i.account_id, 'account_name', i.account_name,
               'paid_until', i.paid_until, 'created_by', i.created_by, 'created_at', i.created_at,
               'expires_at', i.expires_at, 'used_at', i.used_at, 'used_by', i.used_by, 'revoked_at', i.revoked_at,
               'link', case when given.show_links and found.state = 'open'
                            then 'https://t.me/' || given.bot || '?start=' || i.token end) as item
    from given
    cross join found
    join invites i on i.id = found.id
    where found.place > given.skip and found.place <= given.skip + given.page
)
select json_build_object('items', coalesce((select json_agg(item order by place) from shown), '[]'),
                         'total', (select count(*) from found))::text;
