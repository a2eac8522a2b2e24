-- Locks contractors who take or are given orders, so that nobody gets more than allowed, and those who are pinned by accounts that
-- order, so that none of them stops being eligible unseen.
-- $1 telegram_ids bigint[]: who takes, $2 ids bigint[]: who is given, $3 telegram_ids bigint[]: who orders
-- one row per person: id
select id
from people
where id in (select id from people where telegram_id = any ($1::bigint[])
             union all
             select unnest($2::bigint[])
             union all
             select pin.contractor_id
             from people c
             join account_people a on a.person_id = c.id and a.removed_at is null
             join pins pin on pin.account_id = a.account_id
             where c.telegram_id = any ($3::bigint[]))
order by id
for no key update
