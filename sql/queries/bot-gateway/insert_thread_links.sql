-- Replying to these messages leads to their orders.
-- arrays of equal length: $1 chat_ids, $2 message_ids, $3 order_ids, $4 source_chat_ids, $5 source_message_ids bigint[] (0: none),
-- $6 are_captions boolean[]
-- no rows
insert into thread_links (chat_id, message_id, order_id, source_chat_id, source_message_id, is_caption)
select chat_id, message_id, order_id, nullif(source_chat_id, 0), nullif(source_message_id, 0), is_caption
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[])
       as l (chat_id, message_id, order_id, source_chat_id, source_message_id, is_caption)
    on conflict do nothing
