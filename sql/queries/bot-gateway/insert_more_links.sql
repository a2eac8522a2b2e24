-- Replying to these messages leads to their orders, too: the pictures of an album behind its words.
-- arrays of equal length: $1 chat_ids, $2 message_ids, $3 order_ids bigint[]
-- no rows
insert into thread_links (chat_id, message_id, order_id)
select chat_id, message_id, order_id from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as l (chat_id, message_id, order_id)
    on conflict do nothing
