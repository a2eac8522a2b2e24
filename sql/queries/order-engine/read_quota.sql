-- What an account may order in the running month; read after the lock.
-- $1 account_id bigint
-- at most one row: id, orders per month, balance of the month's rows
select account_id, orders_per_month, balance
from account_quota
where account_id = $1::bigint
