-- order-engine has been told of these.
-- $1 ids bigint[]
-- no rows
update deliveries set report = null where id = any ($1::bigint[])
