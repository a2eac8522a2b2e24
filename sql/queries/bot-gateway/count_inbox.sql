-- Which chats have updates waiting in the inbox: later ones queue behind them.
-- $1 bot_id bigint
-- rows: chat_id, rows that wait; the longest waiting chat first
select chat_id, count(*) as waiting
  from inbox
 where bot_id = $1::bigint and parked_reason is null
 group by chat_id
 order by min(received_at), chat_id
