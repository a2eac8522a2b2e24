-- The message a card was opened in is the order's live card in the chat from now on.
-- $1 chat_id bigint, $2 order_id bigint, $3 message_id bigint
insert into cards (chat_id, order_id, message_id, kind)
values ($1::bigint, $2::bigint, $3::bigint, 'card')
on conflict (chat_id, order_id) do update set message_id = excluded.message_id, stale = false
