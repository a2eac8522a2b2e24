-- Answers older than 72 hours, in small batches.
-- $1 before bigint: ms
-- no rows
delete from commands
where ctid = any (array(select ctid from commands where at < at_ms($1::bigint) limit 1000))
