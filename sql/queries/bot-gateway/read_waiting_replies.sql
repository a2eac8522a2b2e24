-- Replies nobody has begun to send, oldest first.
-- $1 bot_id bigint, $2 after bigint (a delivery), $3 most bigint
-- id, chat_id, order_id, class
with given as (select $1::bigint as bot_id, $2::bigint as after, $3::bigint as most)
select d.id, d.chat_id, d.order_id, d.class
  from deliveries d
  join given g on d.bot_id = g.bot_id and d.id > g.after
 where d.settled_at is null and d.state = 'waiting'
 order by d.id
 limit (select most from given)
