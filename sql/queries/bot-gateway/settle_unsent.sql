-- Notices that will never be sent: moot by now, or nobody to send them to.
-- $1 bot_id bigint, then arrays of equal length: $2 notice_ids, $3 chat_ids, $4 order_ids (0: none), $5 classes bigint[],
-- $6 states text[], $7 errors text[], $8 reports text[]
-- notice_id, id of its delivery
insert into deliveries (bot_id, notice_id, chat_id, order_id, class, state, error, report, made_at, settled_at)
select $1::bigint, notice_id, chat_id, nullif(order_id, 0), class, state, error, report, suite_now(), suite_now()
  from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[])
       as s (notice_id, chat_id, order_id, class, state, error, report)
    on conflict (notice_id) do nothing
returning notice_id, id
