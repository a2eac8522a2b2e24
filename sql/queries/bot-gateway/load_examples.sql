-- Examples of good orders, and how many orders the account has left.
-- $1 telegram_id bigint, $2 language text
-- text, orders left (null: no account), how many may be open at once, how many are: one row per example.
with given as (select $1::bigint as telegram_id, $2::text as language)
select e.text,
       (select q.quota_left from account_quota q where q.account_id = p.account_id),
       (select t.open_orders from accounts a join tariffs t on t.id = a.tariff_id where a.id = p.account_id),
       (select count(*) from orders o where o.account_id = p.account_id and o.state in ('new', 'in_work', 'waiting_client'))
from given g
join person_facts p on p.telegram_id = g.telegram_id
join example_orders e on e.language = g.language
order by e.position
limit 8
