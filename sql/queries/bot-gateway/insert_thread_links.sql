-- Replying to these messages leads to their orders, or to what a client has written to the managers.
-- arrays of equal length: $1 chat_ids, $2 message_ids, $3 order_ids, $4 inquiry_ids, $5 source_chat_ids, $6 source_message_ids bigint[]
-- (0: none), $7 are_captions boolean[]
-- no rows
insert into thread_links (chat_id, message_id, order_id, inquiry_id, source_chat_id, source_message_id, is_caption)
select chat_id, message_id, nullif(order_id, 0), nullif(inquiry_id, 0), nullif(source_chat_id, 0), nullif(source_message_id, 0), is_caption
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::boolean[])
       as l (chat_id, message_id, order_id, inquiry_id, source_chat_id, source_message_id, is_caption)
    on conflict do nothing
