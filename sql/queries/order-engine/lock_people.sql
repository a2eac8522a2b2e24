-- Locks contractors who take or are given orders, so that nobody gets more than allowed.
-- $1 telegram_ids bigint[]: who takes
-- $2 ids bigint[]: who is given
-- one row per person: id
select id
from people
where telegram_id = any ($1::bigint[]) or id = any ($2::bigint[])
order by id
for no key update
