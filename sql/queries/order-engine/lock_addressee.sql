-- Locks a person who cannot be reached or is back, before the orders.
-- $1 telegram_id bigint (0: by the notice), $2 notice_id bigint (0: none)
-- at most one row: id
select id
from people
where id = coalesce((select id from people where telegram_id = $1::bigint), (select person_id from notices where id = $2::bigint))
for no key update
