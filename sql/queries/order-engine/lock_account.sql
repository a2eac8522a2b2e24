-- Locks an account that is to be changed.
-- $1 id bigint, $2 tariff_id bigint
-- at most one row: id, the tariff exists
select id, exists (select from tariffs where tariffs.id = $2::bigint)
from accounts
where id = $1::bigint
for no key update
