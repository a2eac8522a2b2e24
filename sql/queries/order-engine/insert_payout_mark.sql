-- What a contractor's month had left unpaid was handed over.
-- $1 contractor_id, $2 billing_month_id, $3 amount_minor bigint, $4 currency text, $5 at bigint, $6 marked_by, $7 command_id text
-- no rows
insert into payout_marks (contractor_id, billing_month_id, amount_minor, currency, at, marked_by, command_id)
values ($1::bigint, $2::bigint, $3::bigint, $4::text, at_ms($5::bigint), $6::text, $7::text)
