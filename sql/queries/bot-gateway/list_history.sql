-- What happened to an order and what was said, for somebody who may see it.
-- $1 telegram_id bigint, $2 order_id bigint, $3 page bigint, $4 rows per page bigint
-- event, to_state, role, at, detail's estimate, rating and clock, message, its attachments, how many there are: the newest first.
with given as (select $1::bigint as telegram_id, $2::bigint as order_id, $3::bigint as page, $4::bigint as per_page)
select e.event, e.to_state, e.role, ms(e.at), (e.detail ->> 'estimate_minutes')::bigint, (e.detail ->> 'rating')::bigint,
       e.detail ->> 'clock', m.text, coalesce(cardinality(m.files), 0), count(*) over ()
from given g
join person_facts p on p.telegram_id = g.telegram_id
join orders o on o.id = g.order_id
join order_events e on e.order_month = o.month and e.order_id = o.id
left join order_messages m on m.order_month = o.month and m.order_id = o.id and m.version = e.version
where (p.roles & 12 > 0 or (p.roles & 1 > 0 and o.account_id = p.account_id) or o.contractor_id = p.person_id)
  and (e.event not in ('alert', 'remind', 'open_offer', 'acknowledge', 'settle', 'repeat', 'unacknowledge') or p.roles & 12 > 0)
  -- a complaint and what a manager says to one side are not for the other
  and (p.roles & 12 > 0 or o.contractor_id is distinct from p.person_id
       or (e.event <> 'complain' and e.detail ->> 'to' is distinct from 'client'))
  and (p.roles & 12 > 0 or o.contractor_id is not distinct from p.person_id or e.detail ->> 'to' is distinct from 'contractor')
order by e.version desc
limit (select per_page from given) offset (select page * per_page from given)
