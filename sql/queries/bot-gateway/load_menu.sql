-- What stands where for one person: the figures of the main menu.
-- $1 telegram_id bigint, $2 zone text
-- account, tariff, orders left, month's end, paid until (first instant after, ms), open orders, may know contractors (client); open orders to take,
-- own work (contractor); waiting, in work, waiting for clients, late, open alerts (staff); may pin (client); what waits for an answer (staff).
-- One row, or none for a stranger.
with given as (select $1::bigint as telegram_id, $2::text as zone, ms(suite_now()) as now),
-- a month becomes a row with its first order; until then it ends where that row will
border as (
    select (date_trunc('month', (suite_now() at time zone g.zone) - d.days) + interval '1 month' + d.days) at time zone g.zone as ends_at
    from given g
    cross join lateral (select (coalesce((select value from parameters where name = 'BILLING_DAY'), '1')::integer - 1) * interval '1 day'
                        as days) d
)
select a.name, t.name,
       (select q.quota_left from account_quota q where q.account_id = a.id),
       ms(coalesce((select ends_at from running_month), border.ends_at)),
       ms((a.paid_until + 1)::timestamp at time zone g.zone),
       (select count(*) from orders o where o.account_id = a.id and o.state in ('new', 'in_work', 'waiting_client')),
       t.may_pin or t.sees_contacts,
       (select count(*) from orders o
        where o.state = 'new' and o.account_id is distinct from p.account_id
          and (o.offer_open or exists (select from order_pins x where x.order_id = o.id and x.person_id = p.person_id))
          and not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.person_id)),
       (select count(*) from orders o where o.contractor_id = p.person_id and o.state in ('in_work', 'waiting_client')),
       b.waiting, b.working, b.asking, b.late,
       (select count(*) from alerts where solved_at is null),
       t.may_pin,
       case when p.roles & 12 > 0 then (select count(*) from unanswered) end
from given g
cross join border
-- offset 0: one person is looked up, however many other tables the planner has to put in order
cross join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p
left join accounts a on a.id = p.account_id
left join tariffs t on t.id = a.tariff_id
cross join lateral (
    select count(*) filter (where o.state = 'new') as waiting,
           count(*) filter (where o.state = 'in_work') as working,
           count(*) filter (where o.state = 'waiting_client') as asking,
           count(*) filter (where o.state in ('new', 'in_work') and clock_due(c) <= g.now) as late
    from orders o
    left join clock_runs c on c.order_id = o.id and c.ended_at is null and c.clock = clock_of(o.state)
    where p.roles & 12 > 0 and o.state in ('new', 'in_work', 'waiting_client')
) b
