-- what the ledgers say of a billing month: the one source of quota, payouts and every report

-- The billing month that runs. A month becomes a row with what first needs it, a minute after its begin at the latest.
create view running_month as
select m.id, m.starts_at, m.ends_at
from (select suite_now() as instant offset 0) present -- asked for once, not for every month there ever was
join billing_months m on m.starts_at <= present.instant and m.ends_at > present.instant;

-- How many orders an account may still make in the running month: the tariff's orders now and what the month's rows add up to,
-- never shown below 0.
create view account_quota as
select a.id                                          as account_id,
       t.id                                          as tariff_id,
       t.orders_per_month,
       q.balance,
       greatest(0, t.orders_per_month + q.balance)   as quota_left
from accounts a
join tariffs t on t.id = a.tariff_id
cross join lateral (
    select coalesce(sum(e.amount), 0)::bigint as balance
    from running_month m
    join quota_entries e on e.account_id = a.id and e.billing_month_id = m.id
) q;

-- An account's ledger by billing month, every month in which it has a row.
create view account_months as
select e.account_id,
       e.billing_month_id,
       m.starts_at,
       m.ends_at,
       count(*) filter (where e.kind = 'reserve')                             as reserved,
       count(*) filter (where e.kind = 'return')                              as returned,
       count(*) filter (where e.kind = 'compensate')                          as compensated,
       coalesce(sum(e.amount) filter (where e.kind = 'grant'), 0)::bigint     as granted,
       sum(e.amount)::bigint                                                  as balance
from quota_entries e
join billing_months m on m.id = e.billing_month_id
group by e.account_id, e.billing_month_id, m.starts_at, m.ends_at;

-- What a contractor has earned in a billing month, how much of it was handed over, and what is still to be paid.
create view payout_months as
select l.contractor_id,
       l.billing_month_id,
       m.starts_at,
       m.ends_at,
       l.currency,
       sum(l.orders)::bigint                     as orders,
       sum(l.earned)::bigint                     as earned_minor,
       sum(l.paid)::bigint                       as paid_minor,
       (sum(l.earned) - sum(l.paid))::bigint     as unpaid_minor
from (
    select contractor_id, billing_month_id, currency, amount_minor as earned, 0::bigint as paid, (kind = 'order')::integer as orders
    from payout_entries
    union all
    select contractor_id, billing_month_id, currency, 0, amount_minor, 0
    from payout_marks
) l
join billing_months m on m.id = l.billing_month_id
group by l.contractor_id, l.billing_month_id, m.starts_at, m.ends_at, l.currency;

-- Orders of a billing month by account: not cancelled, by month of creation; and how many of them kept their promises.
-- taken: somebody took them, or their first reaction time has passed; worked: they are done, or their work's time has passed.
create view order_months as
select o.account_id,
       o.billing_month_id,
       m.starts_at,
       m.ends_at,
       count(*)                                                                                        as orders,
       count(*) filter (where o.taken_at is not null or o.reaction_breached_at is not null)             as taken,
       count(*) filter (where o.taken_at is not null and o.reaction_breached_at is null)                as taken_in_time,
       count(*) filter (where o.done_at is not null or o.work_breached_at is not null)                  as worked,
       count(*) filter (where o.done_at is not null and o.work_breached_at is null)                     as done_in_time
from orders o
join billing_months m on m.id = o.billing_month_id
where o.state <> 'cancelled'
group by o.account_id, o.billing_month_id, m.starts_at, m.ends_at;

-- The average of an account's orders over its complete months: those that began after the account did and have ended, be it
-- without an order.
create view account_averages as
select a.id                                                       as account_id,
       count(*)                                                   as complete_months,
       coalesce(sum(o.orders), 0)::bigint                         as orders,
       round(coalesce(sum(o.orders), 0) / count(*), 2)            as orders_per_month
from accounts a
join billing_months m on m.starts_at >= a.created_at and m.ends_at <= suite_now()
left join order_months o on o.account_id = a.id and o.billing_month_id = m.id
group by a.id;
