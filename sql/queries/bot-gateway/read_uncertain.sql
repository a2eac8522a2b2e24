-- Deliveries that were under way when a sender ended: nobody knows whether they arrived.
-- $1 bot_id bigint
-- id, notice_id, chat_id, order_id, class, kind of the notice, whether it was repeated before, whether it may be repeated freely
select d.id, d.notice_id, d.chat_id, d.order_id, d.class, n.kind, coalesce(d.error = 'repeated', false),
       coalesce(d.payload ->> 'method' ~ '^(edit|delete)', false) or n.rewrites is not null
  from deliveries d
  left join notices n on n.id = d.notice_id
 where d.bot_id = $1::bigint and d.settled_at is null and d.state = 'sending'
 order by d.id
