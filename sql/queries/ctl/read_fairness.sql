-- what each contractor got of a billing month's orders, and what became of the pushes to him or her
-- $1 day text: YYYY-MM-DD, null: the running month
-- rows, who earned most first: person_id, name, orders, earned bigint minor, offered (pushes Telegram took), declined, passed over
-- (offered, neither declined nor taken), declined easy, declined hard bigint; currency. Hard: the estimate was above the month's
-- median, or it was returned more than once; what nobody ever took is neither
with month as (
    select m.id
    from (select coalesce($1::text::date::timestamp at time zone (select time_zone from billing_months order by starts_at desc limit 1),
                          suite_now()) as instant) at
    join billing_months m on m.starts_at <= at.instant and m.ends_at > at.instant
), task as (
    select o.id, o.contractor_id, o.estimate_minutes > median.minutes or o.reworks > 1 as hard
    from month
    cross join (select percentile_cont(0.5) within group (order by o.estimate_minutes) as minutes
                from orders o join month on month.id = o.billing_month_id) median
    join orders o on o.billing_month_id = month.id
), share as (
    select contractor_id as person_id, count(*) filter (where kind = 'order') as orders, sum(amount_minor)::bigint as earned,
           max(currency) as currency
    from payout_entries
    where billing_month_id = (select id from month)
    group by contractor_id
), push as (
    select n.person_id, count(*) as offered,
           count(*) filter (where not n.declined and t.contractor_id is distinct from n.person_id) as passed_over
    from (select distinct n.person_id, n.order_id,
                 exists (select from offer_declines d where d.order_id = n.order_id and d.person_id = n.person_id) as declined
          from notices n
          where n.kind = 'offer' and n.received_at is not null) n
    join task t on t.id = n.order_id
    group by n.person_id
), refusal as (
    select d.person_id, count(*) as declined, count(*) filter (where not t.hard) as easy, count(*) filter (where t.hard) as hard
    from offer_declines d
    join task t on t.id = d.order_id
    group by d.person_id
)
select p.id, p.name, coalesce(s.orders, 0), coalesce(s.earned, 0), coalesce(u.offered, 0), coalesce(f.declined, 0),
       coalesce(u.passed_over, 0), coalesce(f.easy, 0), coalesce(f.hard, 0), coalesce(s.currency, '')
from people p
left join share s on s.person_id = p.id
left join push u on u.person_id = p.id
left join refusal f on f.person_id = p.id
where s.orders is not null or u.offered is not null or f.declined is not null
   or exists (select from person_roles r where r.person_id = p.id and r.role = 'contractor' and r.removed_at is null)
order by 4 desc, 3 desc, p.id
