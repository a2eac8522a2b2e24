-- Locks an application, so that it is answered once.
-- $1 id bigint
-- at most one row: id
select id
from applications
where id = $1::bigint
for no key update
