-- Reservations and returns of orders; grants, which belong to no order and have a reason.
-- $1 account_id, $2 billing_month_id, $3 order_id, $4 amount, $5 at bigint[]; $6 kind, $7 command_id, $8 reason text[]
-- no rows
insert into quota_entries (account_id, billing_month_id, order_id, amount, at, kind, command_id, reason)
select account_id, billing_month_id, order_id, amount, at_ms(at), kind, command_id, reason
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[])
     as q (account_id, billing_month_id, order_id, amount, at, kind, command_id, reason)
