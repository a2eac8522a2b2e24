-- Deliveries that were begun and certainly did not arrive wait again.
-- $1 ids bigint[]
-- no rows
update deliveries set state = 'waiting' where id = any ($1::bigint[]) and settled_at is null
