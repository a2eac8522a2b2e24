-- what there is and what waits, counted
-- rows: topic text, name text, count bigint
with clock as (select suite_now() as now)
select 'orders' as topic, s.state as name, (select count(*) from orders o where o.state = s.state)
from unnest(array['new', 'in_work', 'waiting_client', 'done']) s (state)
union all
select 'orders', 'late', count(*)
from orders
where state not in ('closed', 'cancelled') and (state = 'new' and reaction_breached_at is not null or work_breached_at is not null)
union all
select 'orders', 'alerts open', count(*)
from alerts
where solved_at is null
union all
select 'waiting', 'notices', count(*)
from notices n, clock
where n.withdrawn_at is null and n.person_id is not null and coalesce(n.not_before, n.at) <= clock.now
  and n.id > (select coalesce(min(notice_id), 0) from sender_marks)
  and not exists (select from deliveries d where d.notice_id = n.id)
union all
select 'waiting', 'deliveries', count(*)
from deliveries
where settled_at is null
union all
select 'waiting', 'deadlines overdue', count(*)
from deadlines
where due_at <= (select now from clock)
union all
select 'waiting', 'updates', count(*)
from inbox
where parked_reason is null
union all
select 'waiting', 'updates parked', count(*)
from inbox
where parked_reason is not null
union all
select 'waiting', 'audit rows unsealed', count(*)
from audit a
where not exists (select from audit_seals s where s.audit_id = a.id)
union all
select 'people', r.role, count(*)
from person_roles r
join people p on p.id = r.person_id and p.removed_at is null
where r.removed_at is null
group by r.role
union all
select 'people', 'unreachable', count(*)
from people
where not reachable and removed_at is null
