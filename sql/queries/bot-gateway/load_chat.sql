-- Where a chat stands in the dialog, and its draft.
-- $1 chat_id bigint
-- step, last_update_id, last_update_at, menu, order_id, arg, token, name, wish, search of the draft, then of each of its parts:
-- message_id, text, files; is the draft out of the blue. One row per part, one without parts, none for a chat we do not know.
with given as (select $1::bigint as chat_id)
select c.step, c.last_update_id, ms(c.last_update_at), c.menu,
       (c.draft ->> 'order')::bigint, (c.draft ->> 'arg')::bigint, c.draft ->> 'token', c.draft ->> 'name',
       c.draft ->> 'wish', c.draft ->> 'search',
       (p.part ->> 'message')::bigint, p.part ->> 'text', p.part ->> 'files',
       coalesce((c.draft ->> 'loose')::boolean, false)
from given g
join chats c on c.chat_id = g.chat_id
left join lateral jsonb_array_elements(c.draft -> 'parts') with ordinality p(part, position) on true
order by p.position
