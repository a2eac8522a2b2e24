-- one invite as the API shows it
-- $1 invite_id bigint
-- $2 show_links bool: whether the asker may see what opens the door, $3 bot text: username for the link, '' = as reported
-- one row: text, a JSON object; none if there is no such invite
with given as (
    select $1::bigint as invite_id, $2::boolean as show_links,
           coalesce(nullif($3::text, ''), (select p.counters->>'bot_username' from process_stats p
                                           where p.daemon = 'bot-gateway' and p.counters ? 'bot_username'
                                           order by p.seen_at desc limit 1)) as bot
)
select json_build_object(
           'id', i.id, 'role', i.role, 'state', s.state,
           'tariff_id', i.tariff_id, 'account_id', i.account_id, 'account_name', i.account_name,
           'paid_until', i.paid_until, 'created_by', i.created_by, 'created_at', i.created_at,
           'expires_at', i.expires_at, 'used_at', i.used_at, 'used_by', i.used_by, 'revoked_at', i.revoked_at,
           'link', case when given.show_links and s.state = 'open'
                        then 'https://t.me/' || given.bot || '?start=' || i.token end)::text
from given
join invites i on i.id = given.invite_id
cross join lateral (
    select case when i.used_at is not null then 'used' when i.revoked_at is not null then 'revoked'
                when i.expires_at <= suite_now() then 'expired' else 'open' end as state
) s;
