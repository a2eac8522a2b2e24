-- Locks a person of whom something is to be changed.
-- $1 id bigint
-- at most one row: id
select id
from people
where id = $1::bigint
for no key update
