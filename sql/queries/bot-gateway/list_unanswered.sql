-- A page of what managers were asked and nobody has answered, the oldest first; and how many there are of each sort.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint, $4 sort text: the button that asked (presses.def), "" = all
-- kind of the notice that asks, id, who asks, account, role, words, the account's tariff, since when (ms), how many of this sort; of all:
-- messages, wishes for a larger tariff, applications. One row without a kind if there is none. Nothing for those who are no staff.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page, $4::text as sort),
counts as (
    select count(*) filter (where kind = 'inquiry_sent') as inquiries,
           count(*) filter (where kind = 'upgrade_requested') as requests,
           count(*) filter (where kind = 'application_sent') as applications
    from unanswered
),
page as (
    select u.kind, u.id, u.person_id, u.account_id, u.role, u.words, u.at, count(*) over () as total
    from given g
    join unanswered u on case g.sort when 'unanswered_inquiries' then u.kind = 'inquiry_sent'
                                     when 'unanswered_requests' then u.kind = 'upgrade_requested'
                                     when 'unanswered_applications' then u.kind = 'application_sent'
                                     else true end
    order by u.at, u.kind, u.id
    limit (select per_page from given) offset (select page * per_page from given)
)
select o.kind, o.id, w.name, a.name, o.role, o.words, t.name, ms(o.at), coalesce(o.total, 0), c.inquiries, c.requests, c.applications
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
cross join counts c
left join page o on true
left join people w on w.id = o.person_id
left join accounts a on a.id = o.account_id
left join tariffs t on t.id = a.tariff_id
order by o.at, o.kind, o.id
