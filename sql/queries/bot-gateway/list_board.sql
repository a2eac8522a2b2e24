-- A page of the board: the orders that are not finished, late ones first, then by time left; and how many there are of each sort.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint, $4 sort text: the button that asked (presses.def), "" = all
-- order_id, state, due_at, task, contractor, account, acknowledged by, how many of this sort; of all: waiting, in work, late,
-- waiting for the client, done. One row without an order if there is none. Nothing for those who are no staff.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page, $4::text as sort, ms(suite_now()) as now),
unfinished as (
    select o.id, o.state, clock_due(c) as due_at, o.state in ('new', 'in_work') and clock_due(c) <= g.now as late
    from given g
    join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
    join orders o on o.state in ('new', 'in_work', 'waiting_client', 'done')
    left join clock_runs c on c.order_id = o.id and c.ended_at is null and c.clock = clock_of(o.state)
),
counts as (
    select count(*) filter (where state = 'new') as waiting,
           count(*) filter (where state = 'in_work') as working,
           count(*) filter (where late) as late,
           count(*) filter (where state = 'waiting_client') as asking,
           count(*) filter (where state = 'done') as done
    from unfinished
),
page as (
    select o.id, count(*) over () as total
    from given g
    join unfinished o on case g.sort when 'board_waiting' then o.state = 'new'
                                     when 'board_work' then o.state = 'in_work'
                                     when 'board_late' then o.late
                                     when 'board_asking' then o.state = 'waiting_client'
                                     when 'board_done' then o.state = 'done'
                                     else true end
    order by o.state = 'done', o.state = 'waiting_client', o.due_at, o.id
    limit (select per_page from given) offset (select page * per_page from given)
)
select f.order_id, f.state, f.due_at, f.task, f.contractor_name, f.account,
       (select k.name from alerts a join people k on k.id = a.acknowledged_by
        where a.order_id = f.order_id and a.solved_at is null order by a.raised_at desc limit 1),
       coalesce(o.total, 0), c.waiting, c.working, c.late, c.asking, c.done
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 12 > 0
cross join counts c
left join page o on true
left join lateral (select * from order_facts f where f.order_id = o.id offset 0) f on true
order by f.state = 'done', f.state = 'waiting_client', f.due_at, f.order_id
