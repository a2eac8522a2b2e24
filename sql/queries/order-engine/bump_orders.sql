-- Orders of which only the thread has grown. They were read without a lock: if somebody has moved one since, the statement fails and
-- the batch is run again.
-- $1 ids, $2 versions, $3 versions_read bigint[]
-- one row, of no interest
with bumped as (
    update orders
    set version = n.version
    from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as n (id, version, version_read)
    where orders.id = n.id and orders.version = n.version_read
    returning orders.id
)
select none_was_overtaken(count(*), cardinality($1::bigint[]))
from bumped
