-- The live card of an order in a chat, if it is to be redrawn.
-- $1 chat_id bigint, $2 order_id bigint
-- message_id: one row or none
select message_id from cards where chat_id = $1::bigint and order_id = $2::bigint and stale
