-- A page of the board: every order that is not finished, late ones first, then by time left.
-- $1 telegram_id bigint, $2 page bigint, $3 rows per page bigint
-- order_id, state, due_at, task, contractor, account, acknowledged by, how many there are. Nothing for those who are no staff.
with given as (select $1::bigint as telegram_id, $2::bigint as page, $3::bigint as per_page)
select f.order_id, f.state, f.due_at, f.task, f.contractor_name, f.account,
       (select k.name from alerts a join people k on k.id = a.acknowledged_by
        where a.order_id = f.order_id and a.solved_at is null order by a.raised_at desc limit 1),
       count(*) over ()
from given g
join person_facts p on p.telegram_id = g.telegram_id and p.roles & 12 > 0
join order_facts f on f.state in ('new', 'in_work', 'waiting_client', 'done')
order by f.state = 'done', f.state = 'waiting_client', f.due_at, f.order_id
limit (select per_page from given) offset (select page * per_page from given)
