-- open alerts without a next step, and steps of alerts that are solved or stand otherwise
-- rows: what text, id bigint, finding text, detail text
select 'order', a.order_id, 'deadline_missing', 'alert ' || a.id
from alerts a
where a.solved_at is null and not exists (select from deadlines d where d.alert_id = a.id)
union all
select 'order', a.order_id, 'deadline_stray', 'alert ' || a.id || ' ' || d.step
from deadlines d
join alerts a on a.id = d.alert_id
where a.solved_at is not null or a.order_id <> d.order_id or (d.step = 'reopen') <> (a.acknowledged_at is not null)
