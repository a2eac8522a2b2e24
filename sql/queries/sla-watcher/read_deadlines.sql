-- the deadlines that are due, or soon will be
-- $1 until bigint ms, $2 most bigint
-- rows, ascending by due_at, then id: id bigint, order_id bigint, due_at bigint ms, alert_id, account_id bigint
select id, order_id, ms(due_at), alert_id, account_id
from deadlines
where due_at <= at_ms($1::bigint)
order by due_at, id
limit $2::bigint
