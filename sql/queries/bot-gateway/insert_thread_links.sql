-- Replying to these messages leads to their orders.
-- arrays of equal length: $1 chat_ids, $2 message_ids, $3 order_ids bigint[]
-- no rows
insert into thread_links (chat_id, message_id, order_id)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])
    on conflict do nothing
