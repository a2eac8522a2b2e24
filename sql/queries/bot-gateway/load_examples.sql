-- Examples of good orders, and how many orders the account has left.
-- $1 telegram_id bigint, $2 language text
-- text, orders left (null: no account): one row per example.
with given as (select $1::bigint as telegram_id, $2::text as language)
select e.text,
       (select q.quota_left from person_facts p join account_quota q on q.account_id = p.account_id where p.telegram_id = g.telegram_id)
from given g
join example_orders e on e.language = g.language
order by e.position
limit 8
