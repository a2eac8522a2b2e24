-- What a reply to this message is about.
-- $1 chat_id bigint, $2 message_id bigint
-- order_id or inquiry_id, and whether it is who reads there that has written the inquiry; one row or none. Cards lead to their order as
-- well.
with given as (select $1::bigint as chat_id, $2::bigint as message_id)
select l.order_id, l.inquiry_id,
       exists (select from inquiries i join people w on w.id = i.person_id where i.id = l.inquiry_id and w.telegram_id = l.chat_id)
from thread_links l join given g on l.chat_id = g.chat_id and l.message_id = g.message_id
union all
select c.order_id, null, false from cards c join given g on c.chat_id = g.chat_id and c.message_id = g.message_id
limit 1
