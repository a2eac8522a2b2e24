-- A page of the orders a contractor may take now: the most urgent first, those declined or not followed last.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- order_id, created_at, due_at, task, files, rate_minor, currency, how many there are.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page),
ranked as (
    select o.id, count(*) over () as total,
           row_number() over (
               order by exists (select from offer_declines n where n.order_id = o.id and n.person_id = p.person_id),
                        o.category_id is not null and exists (select from person_categories c where c.person_id = p.person_id)
                        and not exists (select from person_categories c where c.person_id = p.person_id and c.category_id = o.category_id),
                        clock_due(c), o.id) as place
    from given g
    join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 2 > 0
    join orders o on o.state = 'new' and o.account_id is distinct from p.account_id
         and (o.offer_open or exists (select from order_pins x where x.order_id = o.id and x.person_id = p.person_id))
         and not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.person_id)
    left join clock_runs c on c.order_id = o.id and c.ended_at is null and c.clock = clock_of(o.state)
    order by place
    limit (select per_page from given) offset (select page * per_page from given)
)
select f.order_id, f.created_at, f.due_at, f.task, f.files, f.rate_minor, f.currency, o.total
from ranked o
cross join lateral (select * from order_facts f where f.order_id = o.id offset 0) f
order by o.place
