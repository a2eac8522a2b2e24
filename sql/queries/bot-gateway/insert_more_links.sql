-- Replying to these messages leads to the same, too: the pictures of an album behind its words.
-- arrays of equal length: $1 chat_ids, $2 message_ids, $3 order_ids, $4 inquiry_ids bigint[] (0: none)
-- no rows
insert into thread_links (chat_id, message_id, order_id, inquiry_id)
select chat_id, message_id, nullif(order_id, 0), nullif(inquiry_id, 0)
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as l (chat_id, message_id, order_id, inquiry_id)
    on conflict do nothing
