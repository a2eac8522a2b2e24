-- Deliveries order-engine has still to be told of.
-- $1 bot_id bigint
-- id, notice_id, chat_id, kind of the notice, report
select d.id, d.notice_id, d.chat_id, n.kind, d.report
  from deliveries d
  left join notices n on n.id = d.notice_id
 where d.bot_id = $1::bigint and d.report is not null
 order by d.id
