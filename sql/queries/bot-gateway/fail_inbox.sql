-- Notes that updates of the inbox failed once more; with a reason they are parked.
-- $1 bot_id bigint, then arrays of equal length: $2 update_ids bigint[], $3 attempts bigint[], $4 parked_reasons text[]
-- no rows
update inbox
   set attempts = f.attempts, parked_reason = f.parked_reason
  from unnest($2::bigint[], $3::bigint[], $4::text[]) as f (update_id, attempts, parked_reason)
 where inbox.bot_id = $1::bigint and inbox.update_id = f.update_id
