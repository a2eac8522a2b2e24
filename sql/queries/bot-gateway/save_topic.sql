-- The topic of an order in a group.
-- $1 chat_id bigint, $2 order_id bigint, $3 topic_id bigint
-- no rows
insert into topics (chat_id, order_id, topic_id)
values ($1::bigint, $2::bigint, $3::bigint)
on conflict (chat_id, order_id) do update
set topic_id = excluded.topic_id
