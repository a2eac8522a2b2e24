-- People as the rules need them: those who act and those who are acted upon.
-- $1 telegram_ids bigint[], $2 ids bigint[]
-- one row per person: id, telegram_id, role names, account, on duty, reachable, away until ms
select p.id, p.telegram_id,
       (select string_agg(r.role, ' ') from person_roles r where r.person_id = p.id and r.removed_at is null),
       a.account_id, p.on_duty, p.reachable, ms(p.away_until)
from (select id from people where telegram_id = any ($1::bigint[])
      union
      select unnest($2::bigint[])) given (id)
join people p on p.id = given.id and p.removed_at is null
left join account_people a on a.person_id = p.id and a.removed_at is null
