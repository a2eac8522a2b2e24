-- Notices whose sending begins now. One that somebody else has begun is left out.
-- $1 bot_id bigint, then arrays of equal length: $2 notice_ids, $3 chat_ids, $4 order_ids (0: none), $5 classes bigint[]
-- notice_id, id of its delivery
insert into deliveries (bot_id, notice_id, chat_id, order_id, class, state, attempts, made_at)
select $1::bigint, notice_id, chat_id, nullif(order_id, 0), class, 'sending', 1, suite_now()
  from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) as c (notice_id, chat_id, order_id, class)
    on conflict (notice_id) do nothing
returning notice_id, id
