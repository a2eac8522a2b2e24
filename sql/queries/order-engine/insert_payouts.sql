-- What contractors earned by orders that closed; corrections, which have a reason.
-- $1 contractor_id, $2 billing_month_id, $3 order_id, $4 amount_minor, $5 at bigint[]; $6 kind, $7 currency, $8 command_id,
-- $9 reason text[]
-- no rows
insert into payout_entries (contractor_id, billing_month_id, order_id, amount_minor, at, kind, currency, command_id, reason)
select contractor_id, billing_month_id, order_id, amount_minor, at_ms(at), kind, currency, command_id, reason
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
     as p (contractor_id, billing_month_id, order_id, amount_minor, at, kind, currency, command_id, reason)
