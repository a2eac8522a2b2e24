-- Deliveries that wait: replies nobody has begun to send, and whatever was begun and did not arrive. Oldest first.
-- $1 bot_id bigint, $2 after bigint (a delivery), $3 most bigint
-- id, notice_id, chat_id, order_id, class, kind of the notice
with given as (select $1::bigint as bot_id, $2::bigint as after, $3::bigint as most)
select d.id, d.notice_id, d.chat_id, d.order_id, d.class, n.kind
  from deliveries d
  join given g on d.bot_id = g.bot_id and d.id > g.after
  left join notices n on n.id = d.notice_id
 where d.settled_at is null and d.state = 'waiting'
 order by d.id
 limit (select most from given)
