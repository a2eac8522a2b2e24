-- Telegram shows this command menu in a chat now.
-- $1 chat_id bigint, $2 menu text ("" = none of its own)
-- no rows
update chats
set menu = $2::text
where chat_id = $1::bigint
