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

-- When the orders of a billing month came in, by the clocks of the month's own zone; the same orders as in order_months.
create view hour_months as
select o.billing_month_id,
       (extract(isodow from o.created_at at time zone m.time_zone) - 1)::integer as weekday, -- 0 = Monday
       extract(hour from o.created_at at time zone m.time_zone)::integer         as hour,
       count(*)                                                                  as orders
from orders o
join billing_months m on m.id = o.billing_month_id
where o.state <> 'cancelled'
group by 1, 2, 3;

-- A billing month in one row: what all accounts ordered, how much of it kept its promises, what all contractors earned.
create view month_totals as
select m.id as billing_month_id,
       m.starts_at,
       m.ends_at,
       o.accounts, o.orders, o.taken, o.taken_in_time, o.worked, o.done_in_time,
       p.contractors, p.earned_minor, p.paid_minor, p.unpaid_minor,
       coalesce(p.currency, (select value from parameters where name = 'CURRENCY'), 'RUB') as currency
from billing_months m
cross join lateral (
    select count(*)                              as accounts,
           coalesce(sum(orders), 0)::bigint        as orders,
           coalesce(sum(taken), 0)::bigint         as taken,
           coalesce(sum(taken_in_time), 0)::bigint as taken_in_time,
           coalesce(sum(worked), 0)::bigint        as worked,
           coalesce(sum(done_in_time), 0)::bigint  as done_in_time
    from order_months
    where billing_month_id = m.id
) o
cross join lateral (
    select count(*)                               as contractors,
           coalesce(sum(earned_minor), 0)::bigint as earned_minor,
           coalesce(sum(paid_minor), 0)::bigint   as paid_minor,
           coalesce(sum(unpaid_minor), 0)::bigint as unpaid_minor,
           min(currency)                          as currency -- one for ever: fixed once a ledger row exists
    from payout_months
    where billing_month_id = m.id
) p;

-- What each account ordered in a billing month, and its average; also those that ordered nothing.
create view client_months as
select m.id as billing_month_id,
       a.id as account_id,
       a.name,
       coalesce(o.orders, 0)           as orders,
       coalesce(o.taken, 0)            as taken,
       coalesce(o.taken_in_time, 0)    as taken_in_time,
       coalesce(o.worked, 0)           as worked,
       coalesce(o.done_in_time, 0)     as done_in_time,
       coalesce(v.complete_months, 0)  as complete_months,
       v.orders_per_month -- null: no complete month yet
from billing_months m
join accounts a on a.created_at < m.ends_at
left join lateral (select * from order_months where billing_month_id = m.id and account_id = a.id) o on true
left join lateral (select * from account_averages where account_id = a.id) v on true;

-- The billing month so many months ago, 0 = the running one; null if none is that far back.
create function month_ago(bigint) returns integer
    language sql stable
    return (select id from billing_months where starts_at <= suite_now() order by starts_at desc limit 1 offset $1);
