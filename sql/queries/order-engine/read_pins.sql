-- Whom the accounts of clients who order have pinned, whom the orders of this batch were pinned to, and who has declined them.
-- $1 telegram_ids bigint[]: who orders, $2 order_ids bigint[]
-- any number of rows: account_id (null for an order's), order_id (null for an account's), contractor_id, declined?
select pin.account_id, null::bigint, pin.contractor_id, false
from pins pin
where pin.account_id in (select ap.account_id
                         from people p
                         join account_people ap on ap.person_id = p.id and ap.removed_at is null
                         where p.telegram_id = any ($1::bigint[]))
union all
select null, order_id, person_id, false
from order_pins
where order_id = any ($2::bigint[])
union all
select null, order_id, person_id, true
from offer_declines
where order_id = any ($2::bigint[])
