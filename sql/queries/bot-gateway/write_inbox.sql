-- Sets updates aside: from now on they are ours to handle, and the offset confirmed to Telegram may pass them.
-- $1 bot_id bigint, then arrays of equal length: $2 update_ids bigint[], $3 chat_ids bigint[], $4 sealed bytea[],
-- $5 attempts bigint[], $6 parked_reasons text[] (null: it waits)
-- no rows. Repeating it is harmless; a parked row gives way to an update that Telegram has numbered anew.
insert into inbox (bot_id, update_id, chat_id, sealed, received_at, attempts, parked_reason)
select $1::bigint, r.update_id, r.chat_id, r.sealed, clock_timestamp(), r.attempts, r.parked_reason
  from unnest($2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::text[])
       as r (update_id, chat_id, sealed, attempts, parked_reason)
    on conflict (bot_id, update_id) do update
   set chat_id = excluded.chat_id, sealed = excluded.sealed, received_at = excluded.received_at,
       attempts = excluded.attempts, parked_reason = excluded.parked_reason
 where inbox.parked_reason is not null
