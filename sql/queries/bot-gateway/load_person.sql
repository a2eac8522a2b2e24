-- Who writes, and how to speak to them.
-- $1 telegram_id bigint
-- The reader's columns (person_id 0 and no roles: a stranger), on_duty, away_until, name, username. Exactly one row.
with given as (select $1::bigint as telegram_id)
select coalesce(p.person_id, 0), g.telegram_id, coalesce(p.roles, 0), p.account_id, p.language,
       d.value as default_language, p.time_zone, z.value as zone, ms(suite_now()) as now,
       p.on_duty, p.away_until, p.name, p.username
from given g
left join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on true
left join parameters z on z.name = 'TIME_ZONE'
left join parameters d on d.name = 'DEFAULT_LANGUAGE'
