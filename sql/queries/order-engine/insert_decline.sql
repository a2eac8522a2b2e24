-- A contractor does not want an order; a push that was not sent yet will not be.
-- $1 order_id bigint, $2 person_id bigint, $3 now bigint
-- no rows
with declined as (
    insert into offer_declines (order_id, person_id, at)
    values ($1::bigint, $2::bigint, at_ms($3::bigint))
    on conflict do nothing
)
update notices
set withdrawn_at = at_ms($3::bigint)
where order_id = $1::bigint and person_id = $2::bigint and kind = 'offer' and withdrawn_at is null
