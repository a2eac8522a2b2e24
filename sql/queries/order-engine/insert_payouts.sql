-- What contractors earned by orders that closed.
-- $1 contractor_id, $2 billing_month_id, $3 order_id, $4 amount_minor, $5 at bigint[]; $6 currency, $7 command_id text[]
-- no rows
insert into payout_entries (contractor_id, billing_month_id, order_id, amount_minor, at, currency, command_id, kind)
select contractor_id, billing_month_id, order_id, amount_minor, at_ms(at), currency, command_id, 'order'
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
     as p (contractor_id, billing_month_id, order_id, amount_minor, at, currency, command_id)
