-- Contractors in force, with what their rank depends on (dispatch.h).
-- $1 how many of the newest marks count bigint
-- one row per person: as read_people, then orders in work, marks and their sum, when one was last taken, categories followed as bits
select p.id, p.telegram_id, 'contractor', a.account_id,
       p.on_duty, p.reachable, ms(p.away_until),
       (select count(*) from orders o where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client')),
       m.marks, m.mark_sum,
       ms((select max(o.taken_at) from orders o where o.contractor_id = p.id)),
       (select sum(1::bigint << c.category_id)::bigint from person_categories c where c.person_id = p.id)
from people p
join person_roles r on r.person_id = p.id and r.role = 'contractor' and r.removed_at is null
left join account_people a on a.person_id = p.id and a.removed_at is null
cross join lateral (
    select count(*) as marks, sum(n.rating) as mark_sum
    from (select o.rating
          from orders o
          where o.contractor_id = p.id and o.rating is not null
          order by o.ended_at desc
          limit $1::bigint) n
) m
where p.removed_at is null and p.telegram_id is not null
