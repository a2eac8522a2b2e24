-- Locks a client's request for a larger tariff.
-- $1 id bigint
-- at most one row: id, account_id, person_id, it is closed
select id, account_id, person_id, closed_at is not null
from upgrade_requests
where id = $1::bigint
for no key update
