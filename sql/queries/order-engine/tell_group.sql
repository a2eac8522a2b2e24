-- What stands, for a managers' group that has not seen it: the alerts, each as it was told last, and what waits for an answer.
-- $1 now bigint
-- id of every notice made
insert into notices (kind, to_group, order_id, at, detail)
select stands.kind, true, stands.order_id, at_ms($1::bigint), stands.detail
from (
    select told.kind, a.order_id, told.detail, a.raised_at as since, a.id
    from alerts a
    cross join lateral (
        select n.kind, n.detail
        from notices n
        where n.order_id = a.order_id and n.kind = 'alert_' || a.cause and (n.detail ->> 'alert_id')::bigint = a.id
        order by n.id desc
        limit 1
    ) told
    where a.solved_at is null
    union all
    select u.kind, null, u.detail, u.at, u.id
    from unanswered u
) stands
order by stands.since, stands.id
returning id
