-- Whom an order needs can be reached again: the alert ends, and with it its clock.
-- $1 order_id bigint, $2 now bigint
-- no rows
with solved as (
    update alerts
    set solved_at = at_ms($2::bigint)
    where order_id = $1::bigint and cause = 'unreachable' and solved_at is null
    returning id
)
delete from deadlines d
using solved
where d.alert_id = solved.id
