-- an order's history as its readers see it: for the bot's page of it, and for the attachments on that page

-- Is this line of a message's files an attachment? The others name the words themselves and the message that is answered.
create function is_attachment(file text) returns boolean
    language sql immutable
    return split_part(file, ' ', 1) not in ('text', 'masked', 'quote');

-- What happened to an order and what was said, as far as this reader may see it. Beside the events of the order:
-- credentials_handed_over, and credentials_seen with the name of who looked, for whom the tariff shows it.
create function order_history(reader bigint, of_order bigint)
    returns table (event text, to_state text, role text, at timestamptz, estimate bigint, rating bigint, clock text, words text,
                   files text[], version integer)
    language sql stable
begin atomic
with seen as ( -- the order, as what its reader looks at it
    select o.id, o.month, o.sees_contacts, p.roles & 12 > 0 as is_staff, o.contractor_id is not distinct from p.person_id as is_worker
    from (select * from person_facts p where p.telegram_id = reader offset 0) p
    join orders o on o.id = of_order
    where p.roles & 12 > 0 or (p.roles & 1 > 0 and o.account_id = p.account_id) or o.contractor_id = p.person_id
)
select e.event, e.to_state, e.role, e.at, (e.detail ->> 'estimate_minutes')::bigint as estimate,
       (e.detail ->> 'rating')::bigint as rating, e.detail ->> 'clock' as clock, coalesce(m.edited, m.text),
       m.files, e.version
from seen s
join order_events e on e.order_month = s.month and e.order_id = s.id
left join edited_messages m on m.order_month = s.month and m.order_id = s.id and m.version = e.version
where (s.is_staff or e.event not in ('alert', 'remind', 'open_offer', 'acknowledge', 'settle', 'repeat', 'unacknowledge')
       or (e.event = 'settle' and m.version is not null))
  -- a complaint and what a manager says to one side are not for the other
  and (s.is_staff or not s.is_worker or (e.event <> 'complain' and e.detail ->> 'to' is distinct from 'client'))
  and (s.is_staff or s.is_worker or e.detail ->> 'to' is distinct from 'contractor')
union all
select 'credentials_handed_over', null, 'client', c.sealed_at, null, null, null, null, null::text[], null::integer
from seen s
join credential_times c on c.order_id = s.id
union all
select 'credentials_seen', null, 'contractor', v.at, null, null, null,
       case when s.is_staff or s.is_worker or s.sees_contacts then w.name end, null, null
from seen s
join credential_views v on v.order_id = s.id
join people w on w.id = v.person_id;
end;
