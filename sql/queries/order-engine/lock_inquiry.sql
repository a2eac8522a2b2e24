-- Locks an inquiry, so that it is answered once.
-- $1 id bigint
-- at most one row: id, account_id, person_id, when it was answered (ms)
select id, account_id, person_id, ms(answered_at)
from inquiries
where id = $1::bigint
for no key update
