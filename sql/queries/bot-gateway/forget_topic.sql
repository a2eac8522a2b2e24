-- The topic of an order in a group is there no more.
-- $1 chat_id bigint, $2 order_id bigint, $3 topic_id bigint
-- no rows
delete from topics
where chat_id = $1::bigint and order_id = $2::bigint and topic_id = $3::bigint
