-- The oldest updates that wait in the inbox, of some chats.
-- $1 bot_id bigint, $2 chat_ids bigint[], $3 each bigint: rows of one chat at most
-- rows: chat_id, update_id, sealed, attempts; in each chat in the order of arrival
select waiting.chat_id, waiting.update_id, waiting.sealed, waiting.attempts::bigint
  from unnest($2::bigint[]) as chosen (chat_id)
 cross join lateral (
       select i.chat_id, i.update_id, i.sealed, i.attempts, i.received_at
         from inbox i
        where i.chat_id = chosen.chat_id and i.bot_id = $1::bigint and i.parked_reason is null
        order by i.received_at, i.update_id
        limit $3::bigint) as waiting
 order by waiting.received_at, waiting.update_id
