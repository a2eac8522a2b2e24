-- What was due for a subscription whose date has changed.
-- $1 account_id bigint
-- no rows
delete from deadlines
where account_id = $1::bigint
