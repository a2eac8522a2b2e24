-- The alerts that stand, for a managers' group that has not seen them: each as it was told last.
-- $1 now bigint
-- id of every notice made
insert into notices (kind, to_group, order_id, at, detail)
select told.kind, true, a.order_id, at_ms($1::bigint), told.detail
from alerts a
cross join lateral (
    select n.kind, n.detail
    from notices n
    where n.order_id = a.order_id and n.kind = 'alert_' || a.cause and (n.detail ->> 'alert_id')::bigint = a.id
    order by n.id desc
    limit 1
) told
where a.solved_at is null
order by a.id
returning id
