-- Forgets updates of the inbox that are handled.
-- $1 bot_id bigint, $2 update_ids bigint[]
-- no rows
delete from inbox where bot_id = $1::bigint and update_id = any($2::bigint[])
