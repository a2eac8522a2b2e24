-- an account and the billing month in which a day lies
-- $1 account text: its number or its name, $2 day text: YYYY-MM-DD, null: the running month
-- rows, one unless several accounts bear the name: account_id bigint, name, tariff text, orders per month bigint, month_id (null: there
-- is no row of that month), starts_at, ends_at bigint ms, it runs bool
with given as (select $1::text as account, $2::text::date as day)
select a.id, a.name, t.name, t.orders_per_month::bigint, m.id::bigint, ms(m.starts_at), ms(m.ends_at),
       m.starts_at <= suite_now() and m.ends_at > suite_now()
from given
join accounts a on a.id::text = given.account or a.name = given.account
join tariffs t on t.id = a.tariff_id
left join lateral (
    select coalesce(given.day::timestamp at time zone (select time_zone from billing_months order by starts_at desc limit 1),
                    suite_now()) as instant
) at on true
left join billing_months m on m.starts_at <= at.instant and m.ends_at > at.instant
order by a.id
limit 2
