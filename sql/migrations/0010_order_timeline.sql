-- all that happened around an order, as rows of one shape: what itsupportctl, the panel's API and the bot tell it from
--
-- Every row is a stored fact, nothing is worked out here: kind says which columns are filled. The library timeline/ turns the rows
-- into what people read.

create index on notices using brin (order_id); -- an order's notices lie close together: nearly free to keep, and enough to find them

create view order_timeline as
-- the order itself, as it stands now: name is its state, until when it was created
select o.id as order_id, 'order' as kind, ms(suite_now()) as at, ms(o.created_at) as until, 0::bigint as version, o.state as name,
       null::text as role, o.contractor_id as person_id, null::bigint as person_roles, null::text as from_state, null::text as to_state,
       null::text as clock, null::text as step, null::bigint as run, null::text as detail,
       null::bigint as counted_ms, null::bigint as limit_ms, false as paused,
       null::bigint as not_before, null::bigint as handed_at, null::bigint as received_at, null::bigint as withdrawn_at, null::text as failure,
       null::bigint as amount, null::text as currency, null::text as login
from orders o
union all
-- what happened: name is the event, detail its ids and numbers, login that of an administrator of the panel who did it
select o.id, 'event', ms(e.at), null, e.version::bigint, e.event, e.role, e.actor_id, null, e.from_state, e.to_state,
       e.detail ->> 'clock', e.detail ->> 'step', (e.detail ->> 'run')::bigint, e.detail::text,
       null, null, false, null, null, null, null, null, null, null, e.login
from orders o
join order_events e on e.order_month = o.month and e.order_id = o.id
union all
-- a run of a clock: a half-open interval that counted; detail: by which calendar, if not round the clock
select c.order_id, 'run', ms(c.started_at), ms(c.ended_at), null, c.clock, null, null, null, null, null, c.clock, null, c.run::bigint,
       case c.clock when 'reaction' then calendar_words(o.calendar_id) end,
       c.counted_ms, c.limit_ms, c.paused, null, null, null, null, null, null, null, null
from clock_runs c
join orders o on o.id = c.order_id
union all
-- an instant that is still to come
select d.order_id, 'deadline', ms(d.due_at), null, null, d.step, null, null, null, null, null, d.clock, d.step, d.run::bigint, null,
       null, null, false, null, null, null, null, null, null, null, null
from deadlines d
union all
-- an alert: from raised until solved; received_at is its acknowledgement by person
select a.order_id, 'alert', ms(a.raised_at), ms(a.solved_at), null, a.cause, null, a.acknowledged_by, null, null, null, null, null, null, null,
       null, null, false, null, null, ms(a.acknowledged_at), null, null, a.level::bigint, null, null
from alerts a
union all
-- a row of the quota ledger
select q.order_id, 'quota', ms(q.at), null, null, q.kind, null, null, null, null, null, null, null, null, q.reason,
       null, null, false, null, null, null, null, null, q.amount::bigint, null, null
from quota_entries q
where q.order_id is not null
union all
-- a row of the payout ledger
select p.order_id, 'payout', ms(p.at), null, null, p.kind, 'contractor', p.contractor_id, null, null, null, null, null, null, p.reason,
       null, null, false, null, null, null, null, null, p.amount_minor, p.currency, null
from payout_entries p
where p.order_id is not null
union all
-- who was told: written at, handed over when Telegram took it, received when the engine heard so
select n.order_id, 'notice', ms(n.at), null, n.order_version::bigint, n.kind, null, n.person_id,
       (select coalesce(sum(case r.role when 'client' then 1 when 'contractor' then 2 when 'manager' then 4 when 'owner' then 8 end), 0)::bigint
        from person_roles r where r.person_id = n.person_id),
       null, null, null, null, null, d.state, null, null, false, ms(n.not_before),
       case when d.state = 'sent' then ms(d.settled_at) end, ms(n.received_at), ms(n.withdrawn_at), coalesce(n.undeliverable, d.error), null, null, null
from notices n
left join deliveries d on d.notice_id = n.id
where n.order_id is not null and n.person_id is not null;
