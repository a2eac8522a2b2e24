-- Notices that ask for a receipt: Telegram has taken them.
-- $1 ids bigint[], $2 now bigint
-- no rows
update notices
set received_at = at_ms($2::bigint)
where id = any ($1::bigint[]) and received_at is null
