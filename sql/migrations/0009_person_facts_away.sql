-- whoever is away until some time is not on duty before it, and is again by itself afterwards
create or replace view person_facts as
select p.id          as person_id,
       p.telegram_id,
       p.name,
       p.username,
       p.phone,
       p.language,
       coalesce(sum(case r.role when 'client' then 1 when 'contractor' then 2 when 'manager' then 4 when 'owner' then 8 end), 0)::bigint as roles,
       c.account_id,
       p.on_duty and coalesce(p.away_until <= suite_now(), true) as on_duty,
       ms(p.away_until) as away_until,
       p.reachable
from people p
left join person_roles r on r.person_id = p.id and r.removed_at is null
left join account_people c on c.person_id = p.id and c.removed_at is null
where p.removed_at is null
group by p.id, c.account_id;
