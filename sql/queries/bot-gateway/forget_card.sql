-- A message shows something else now: it is no order's card any more.
-- $1 chat_id bigint, $2 message_id bigint
-- no rows
delete from cards where chat_id = $1::bigint and message_id = $2::bigint
