-- the quota's ledger of an account and a billing month
-- $1 account_id bigint, $2 month_id bigint
-- rows in their order: at bigint ms, kind text, amount bigint, of what text
select ms(at), kind, amount::bigint, coalesce('order ' || order_id, reason)
from quota_entries
where account_id = $1::bigint and billing_month_id = $2::bigint
order by id
