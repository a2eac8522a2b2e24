-- an order's row, word by word
-- $1 order_id bigint, $2 zone text
-- rows: name text, value text; none if there is no such order
with given as (select $1::bigint as order_id, $2::text as zone)
select f.name, f.value
from given
join orders o on o.id = given.order_id
join accounts a on a.id = o.account_id
join tariffs t on t.id = o.tariff_id
join people c on c.id = o.ordered_by
left join people w on w.id = o.contractor_id
cross join lateral (values
    (1, 'state', o.state),
    (2, 'version', o.version::text),
    (3, 'account', format('%s (account %s, %s)', a.name, a.id, t.name)),
    (4, 'ordered by', format('%s (person %s)', c.name, c.id)),
    (5, 'created', to_char(o.created_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (6, 'wish', o.wish),
    (7, 'contractor', case when w.id is not null then format('%s (person %s)', w.name, w.id) end),
    (8, 'taken', to_char(o.taken_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (9, 'estimate', case when o.estimate_minutes is not null
                         then o.estimate_minutes || case when o.estimate_named then ' min' else ' min (by default)' end end),
    (10, 'taken late', to_char(o.reaction_breached_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (11, 'work late', to_char(o.work_breached_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (12, 'done', to_char(o.done_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (13, 'ended', to_char(o.ended_at at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')),
    (14, 'rating', o.rating::text),
    (15, 'rate', to_char((o.rate_minor + o.bonus_minor) / 100.0, 'FM999999990.00') || ' ' || o.currency)
) f (place, name, value)
where f.value is not null
order by f.place
