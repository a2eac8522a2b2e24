-- what happened to some orders
-- $1 first_id bigint, $2 last_id bigint, $3 since bigint ms, $4 until bigint ms: of creation
-- rows, ascending by order and version: order_id, version, at bigint ms, actor_id bigint (0: none), event, from_state, to_state, role
-- text, contractor_id, estimate_minutes, rating bigint of its detail (0: none), clock text, step text (null: somebody did it), run,
-- alert_id bigint (0: none), pays bool
select e.order_id, e.version::bigint, ms(e.at), coalesce(e.actor_id, 0), e.event, e.from_state, e.to_state, e.role,
       coalesce((e.detail ->> 'contractor_id')::bigint, 0), coalesce((e.detail ->> 'estimate_minutes')::bigint, 0),
       coalesce((e.detail ->> 'rating')::bigint, 0), e.detail ->> 'clock', e.detail ->> 'step', coalesce((e.detail ->> 'run')::bigint, 0),
       coalesce((e.detail ->> 'alert_id')::bigint, 0), coalesce((e.detail ->> 'paid')::boolean, false)
from orders o
join order_events e on e.order_month = o.month and e.order_id = o.id
where o.id between $1::bigint and $2::bigint and o.created_at >= at_ms($3::bigint) and o.created_at < at_ms($4::bigint)
order by e.order_id, e.version
