-- Deadlines of runs that began, of alerts, of subscriptions.
-- $1 order_id, $2 run, $3 due_at, $4 alert_id, $5 account_id bigint[]; $6 clock, $7 step text[]
-- no rows
insert into deadlines (order_id, run, due_at, alert_id, account_id, clock, step)
select order_id, run, at_ms(due_at), alert_id, account_id, clock, step
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
     as d (order_id, run, due_at, alert_id, account_id, clock, step)
