-- Managers and owners in force.
-- one row per person: as read_people, then orders in work
select p.id, p.telegram_id, string_agg(r.role, ' '), null::bigint,
       p.on_duty, p.reachable, ms(p.away_until), null::bigint
from people p
join person_roles r on r.person_id = p.id and r.removed_at is null
where p.removed_at is null and p.telegram_id is not null
group by p.id
having bool_or(r.role in ('manager', 'owner'))
order by p.id
