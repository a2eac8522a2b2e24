-- Orders of which only the thread has grown.
-- $1 ids bigint[], $2 versions bigint[]
-- no rows
update orders
set version = n.version
from unnest($1::bigint[], $2::bigint[]) as n (id, version)
where orders.id = n.id
