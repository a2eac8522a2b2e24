-- A page of the orders of a client's account whose task, wish or number has these words in it, the newest first.
-- $1 telegram_id bigint, $2 search text, $3 page bigint, $4 rows per page bigint
-- order_id, state, due_at, ended_at, task, rating, how many there are.
with given as (select $1::bigint as telegram_id, lower($2::text) as search, $3::bigint as page, $4::bigint as per_page)
select f.order_id, f.state, f.due_at, f.ended_at, f.task, f.rating, count(*) over ()
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 1 > 0
cross join lateral (select * from order_facts f where f.account_id = p.account_id offset 0) f
where strpos(lower(f.task), g.search) > 0 or strpos(lower(f.wish), g.search) > 0 or strpos(f.order_id::text, g.search) > 0
order by f.order_id desc
limit (select per_page from given) offset (select page * per_page from given)
