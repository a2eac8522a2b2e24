-- How many people of each role there are, and how many of them cannot be reached or are away.
-- $1 telegram_id bigint (an owner)
-- role, people, away, unreachable: a row per role. Nothing for those who are no owner.
with given as (select $1::bigint as telegram_id)
select r.role, count(*), count(*) filter (where not w.on_duty), count(*) filter (where not w.reachable)
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 8 > 0
join person_roles r on r.removed_at is null
join person_facts w on w.person_id = r.person_id
group by r.role
order by array_position(array['client', 'contractor', 'manager', 'owner'], r.role)
