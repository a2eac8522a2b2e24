-- Examples of good orders, and how many orders the account has left.
-- $1 telegram_id bigint, $2 language text
-- text, orders left (null: no account): one row per example.
with given as (select $1::bigint as telegram_id, $2::text as language),
month as (select id from billing_months where starts_at <= suite_now() and ends_at > suite_now())
select e.text,
       (select greatest(0, t.orders_per_month + coalesce((select sum(q.amount) from quota_entries q, month m
                                                          where q.account_id = a.id and q.billing_month_id = m.id), 0))
        from person_facts p join accounts a on a.id = p.account_id join tariffs t on t.id = a.tariff_id
        where p.telegram_id = g.telegram_id)
from given g
join example_orders e on e.language = g.language
order by e.position
limit 8
