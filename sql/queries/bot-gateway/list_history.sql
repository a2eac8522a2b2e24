-- What happened to an order and what was said, for somebody who may see it.
-- $1 telegram_id bigint, $2 order_id bigint, $3 page bigint, $4 rows per page bigint
-- event, to_state, role, at, detail's estimate, rating and clock, message, its attachments, how many there are: the newest first. Beside
-- the events of the order: credentials_handed_over, and credentials_seen with the name of who looked, for whom the tariff shows it.
with given as (select $1::bigint as telegram_id, $2::bigint as order_id, $3::bigint as page, $4::bigint as per_page),
seen as ( -- the order, as what its reader looks at it
    select o.id, o.month, o.sees_contacts, p.roles & 12 > 0 as is_staff, o.contractor_id is not distinct from p.person_id as is_worker
    from given g
    cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
    join orders o on o.id = g.order_id
    where p.roles & 12 > 0 or (p.roles & 1 > 0 and o.account_id = p.account_id) or o.contractor_id = p.person_id
),
happened as (
    select e.event, e.to_state, e.role, e.at, (e.detail ->> 'estimate_minutes')::bigint as estimate,
           (e.detail ->> 'rating')::bigint as rating, e.detail ->> 'clock' as clock, m.text,
           (select count(*) from unnest(m.files) f(file) where split_part(f.file, ' ', 1) not in ('text', 'masked', 'quote')) as files, e.version
    from seen s
    join order_events e on e.order_month = s.month and e.order_id = s.id
    left join order_messages m on m.order_month = s.month and m.order_id = s.id and m.version = e.version
    where (s.is_staff or e.event not in ('alert', 'remind', 'open_offer', 'acknowledge', 'settle', 'repeat', 'unacknowledge'))
      -- a complaint and what a manager says to one side are not for the other
      and (s.is_staff or not s.is_worker or (e.event <> 'complain' and e.detail ->> 'to' is distinct from 'client'))
      and (s.is_staff or s.is_worker or e.detail ->> 'to' is distinct from 'contractor')
    union all
    select 'credentials_handed_over', null, 'client', c.sealed_at, null, null, null, null, 0, null
    from seen s
    join credential_times c on c.order_id = s.id
    union all
    select 'credentials_seen', null, 'contractor', v.at, null, null, null,
           case when s.is_staff or s.is_worker or s.sees_contacts then w.name end, 0, null
    from seen s
    join credential_views v on v.order_id = s.id
    join people w on w.id = v.person_id
)
select event, to_state, role, ms(at), estimate, rating, clock, text, files, count(*) over ()
from happened
order by at desc, version desc nulls first
limit (select per_page from given) offset (select page * per_page from given)
