-- all that happened around an order, as order-engine/timeline reads it; one row is the order itself
-- $1 order_id bigint
-- rows: kind, at, until, version, name, role, person_id, person_roles, from_state, to_state, clock, step, run, detail, counted_ms,
-- limit_ms, paused, not_before, handed_at, received_at, withdrawn_at, failure, amount, currency, login; none if there is no such order
select kind, at, until, version, name, role, person_id, person_roles, from_state, to_state, clock, step, run, detail, counted_ms,
       limit_ms, paused, not_before, handed_at, received_at, withdrawn_at, failure, amount, currency, login
from order_timeline
where order_id = $1::bigint
