-- Whom the accounts of clients who order have pinned, whom the orders of this batch were pinned to, who has declined them, and who
-- had them and has passed them.
-- $1 telegram_ids bigint[]: who orders, $2 order_ids bigint[]
-- any number of rows: account_id (null for an order's), order_id (null for an account's), contractor_id, pinned | declined | passed
select pin.account_id, null::bigint, pin.contractor_id, 'pinned'
from pins pin
where pin.account_id in (select ap.account_id
                         from people p
                         join account_people ap on ap.person_id = p.id and ap.removed_at is null
                         where p.telegram_id = any ($1::bigint[]))
union all
select null, order_id, person_id, 'pinned'
from order_pins
where order_id = any ($2::bigint[])
union all
select null, order_id, person_id, 'declined'
from offer_declines
where order_id = any ($2::bigint[])
union all
select null, order_id, person_id, 'passed'
from order_passes
where order_id = any ($2::bigint[])
