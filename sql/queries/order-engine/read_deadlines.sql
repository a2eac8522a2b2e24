-- Deadlines that were reached; one that is missing does not hold any more.
-- $1 ids bigint[]
-- at most one row per id: id, order_id, clock, step, run, due_at ms, alert_id, account_id
select id, order_id, clock, step, run, ms(due_at), alert_id, account_id
from deadlines
where id = any ($1::bigint[])
