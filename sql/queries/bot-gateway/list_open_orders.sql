-- A page of the orders a contractor may take now: the most urgent first, those declined or not followed last.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- order_id, created_at, due_at, task, files, rate_minor, currency, how many there are.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page)
select f.order_id, f.created_at, f.due_at, f.task, f.files, f.rate_minor, f.currency, count(*) over ()
from given g
join person_facts p on p.telegram_id = g.telegram_id and p.roles & 2 > 0
join order_facts f on f.state = 'new' and f.account_id is distinct from p.account_id
     and (f.offer_open or exists (select from order_pins x where x.order_id = f.order_id and x.person_id = p.person_id))
     and not exists (select from order_passes y where y.order_id = f.order_id and y.person_id = p.person_id)
order by exists (select from offer_declines n where n.order_id = f.order_id and n.person_id = p.person_id),
         f.category_id is not null and exists (select from person_categories c where c.person_id = p.person_id)
         and not exists (select from person_categories c where c.person_id = p.person_id and c.category_id = f.category_id),
         f.due_at, f.order_id
limit (select per_page from given) offset (select page * per_page from given)
