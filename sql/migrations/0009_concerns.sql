-- what should not be and nobody has seen: read by the watch, by itsupportctl status and by the panel

-- A row per kind (domain.h, CONCERNS) of which there is at least one. count stops at 1000: then the number does not matter.
--  deadline_missed  due for more than a minute
--  alert_unheard    an open alert nobody is on, of whose notices none was received; one that is on its way for less than five
--                   minutes may be. An alert that had nobody to be told to is unheard from the beginning
--  notice_stuck     should have been sent for more than ten minutes
create view concerns as
with clock as (
    select suite_now() as now
), missed as (
    select due_at as since, order_id
    from deadlines
    where due_at < (select now from clock) - interval '1 minute'
    order by due_at
    limit 1000
), unheard as (
    select raised_at as since, order_id
    from alerts a
    where a.solved_at is null and a.acknowledged_at is null
      and not exists (
          select from notices n
          where n.order_id = a.order_id and starts_with(n.kind, 'alert_') and n.kind = 'alert_' || a.cause
            and n.person_id is not null and n.withdrawn_at is null and n.undeliverable is null
            and (n.received_at is not null or n.at > (select now from clock) - interval '5 minutes'))
    limit 1000
), stuck as (
    select coalesce(n.not_before, n.at) as since, n.order_id
    from notices n
    where n.id > (select coalesce(min(notice_id), 0) from sender_marks)
      and n.person_id is not null and n.withdrawn_at is null
      and coalesce(n.not_before, n.at) < (select now from clock) - interval '10 minutes'
      and not exists (select from deliveries d where d.notice_id = n.id and d.settled_at is not null)
    limit 1000
), found as (
    select 'deadline_missed' as kind, since, order_id from missed
    union all
    select 'alert_unheard', since, order_id from unheard
    union all
    select 'notice_stuck', since, order_id from stuck
)
select kind,
       count(*)                                         as count,
       ms(min(since))                                   as since,    -- of the oldest
       (array_agg(order_id order by since, order_id))[1] as order_id -- it is about; null: about none
from found
group by kind;
