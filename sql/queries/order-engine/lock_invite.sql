-- Locks the invite of a link, so that it is used once.
-- $1 token text
-- at most one row: id
select id
from invites
where token = $1::text
for no key update
