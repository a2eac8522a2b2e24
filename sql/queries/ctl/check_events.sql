-- what happened to some orders, each event with the stored answer of its command
-- $1 first_id bigint, $2 last_id bigint, $3 from text: only orders made since that day (YYYY-MM-DD), null: all
-- rows, ascending by order and version: order_id, version, at bigint ms, actor_id bigint (0: none), event, from_state, to_state, role
-- text, contractor_id, estimate_minutes, rating bigint of its detail (0: none), answer_due bool: young enough to have one, command_type
-- text (null: no stored answer), command_order_id, command_at bigint ms, command_id text, paid bool of its detail
with given as (
    select $1::bigint as first_id, $2::bigint as last_id, $3::text::date as made_since
)
select e.order_id, e.version::bigint, ms(e.at), coalesce(e.actor_id, 0), e.event, e.from_state, e.to_state, e.role,
       coalesce((e.detail ->> 'contractor_id')::bigint, 0), coalesce((e.detail ->> 'estimate_minutes')::bigint, 0),
       coalesce((e.detail ->> 'rating')::bigint, 0),
       e.at > suite_now() - interval '72 hours' + interval '5 minutes', c.type, coalesce(c.order_id, 0), coalesce(ms(c.at), 0), e.command_id,
       coalesce((e.detail ->> 'paid')::bool, false)
from given
join orders o on o.id between given.first_id and given.last_id and (given.made_since is null or o.created_at >= given.made_since)
join order_events e on e.order_month = o.month and e.order_id = o.id
left join commands c on c.id = e.command_id
order by e.order_id, e.version
