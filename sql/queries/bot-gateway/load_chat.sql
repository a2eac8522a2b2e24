-- Where a person sits in the dialog, and the drafts at all seats.
-- $1 chat_id bigint
-- seat sat at, last_update_id, last_update_at, menu; of a draft: its seat, step, order_id, arg, token, name, wish, search, the order
-- whose report its parts are; of each part: message_id, text, files. One row per part, one per draft without parts, one without
-- drafts, none for a chat we do not know.
with given as (select $1::bigint as chat_id)
select c.seat, c.last_update_id, ms(c.last_update_at), c.menu, d.seat, d.draft ->> 'step',
       (d.draft ->> 'order')::bigint, (d.draft ->> 'arg')::bigint, d.draft ->> 'token', d.draft ->> 'name',
       d.draft ->> 'wish', d.draft ->> 'search', (d.draft ->> 'of')::bigint,
       (p.part ->> 'message')::bigint, p.part ->> 'text', p.part ->> 'files'
from given g
join chats c on c.chat_id = g.chat_id
left join lateral jsonb_each(c.drafts) d(seat, draft) on true
left join lateral jsonb_array_elements(d.draft -> 'parts') with ordinality p(part, position) on true
order by d.seat, p.position
