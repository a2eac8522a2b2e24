-- Deadlines that were reached.
-- $1 ids bigint[]
-- no rows
delete from deadlines
where id = any ($1::bigint[])
