-- A parameter gets its default again.
-- $1 name text
-- no rows
delete from parameters
where name = $1::text
