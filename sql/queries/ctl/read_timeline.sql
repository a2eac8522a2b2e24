-- all that happened around an order, as order-engine/timeline reads it; the first row is the order itself
-- $1 order_id bigint
-- rows: kind, at, until, version, name, role, person_id, person_roles, from_state, to_state, clock, step, run, detail, counted_ms,
-- limit_ms, paused, not_before, handed_at, received_at, withdrawn_at, failure, amount, currency; none if there is no such order
with given as (select $1::bigint as order_id)
select 'order' as kind, ms(suite_now()) as at, ms(o.created_at) as until, 0::bigint as version, o.state as name, null::text as role,
       o.contractor_id as person_id, null::bigint as person_roles, null::text as from_state, null::text as to_state, null::text as clock,
       null::text as step, null::bigint as run, null::text as detail, null::bigint as counted_ms, null::bigint as limit_ms,
       false as paused, null::bigint as not_before, null::bigint as handed_at, null::bigint as received_at, null::bigint as withdrawn_at,
       null::text as failure, null::bigint as amount, null::text as currency
from given
join orders o on o.id = given.order_id
union all
select t.kind, t.at, t.until, t.version, t.name, t.role, t.person_id, t.person_roles, t.from_state, t.to_state, t.clock, t.step, t.run,
       t.detail, t.counted_ms, t.limit_ms, t.paused, t.not_before, t.handed_at, t.received_at, t.withdrawn_at, t.failure, t.amount, t.currency
from order_timeline t
where t.order_id = $1::bigint
