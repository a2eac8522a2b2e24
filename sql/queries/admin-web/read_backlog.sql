-- what is open and what waits, counted
-- rows: gauge text, state text (of orders, else ''), value bigint
with clock as (
    select suite_now() as now
)
select 'orders' as gauge, s.state, (select count(*) from orders o where o.state = s.state)
from unnest(array['new', 'in_work', 'waiting_client', 'done']) s (state)
union all
select 'alerts_open', '', count(*)
from alerts where solved_at is null
union all
select 'notices_waiting', '',
       (select count(*) from deliveries where settled_at is null and notice_id is not null)
       + (select count(*)
          from notices n, clock
          where n.id > (select coalesce(min(notice_id), 0) from sender_marks)
            and n.withdrawn_at is null
            and (n.not_before is null or n.not_before <= clock.now)
            and not exists (select from deliveries d where d.notice_id = n.id))
union all
select 'replies_waiting', '', count(*)
from deliveries where settled_at is null and notice_id is null
union all
select 'deadlines_overdue', '', count(*)
from deadlines where due_at <= (select now from clock)
union all
select 'updates_waiting', '', count(*)
from inbox where parked_reason is null
union all
select 'updates_parked', '', count(*)
from inbox where parked_reason is not null;
