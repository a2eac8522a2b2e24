-- People as the rules need them: those who act and those who are acted upon.
-- $1 telegram_ids bigint[], $2 ids bigint[], $3 workload bool: count their orders in work too
-- one row per person: id, telegram_id, role names, account, on duty, reachable, orders in work
select p.id, p.telegram_id,
       (select string_agg(r.role, ' ') from person_roles r where r.person_id = p.id and r.removed_at is null),
       a.account_id,
       p.on_duty and (p.away_until is null or p.away_until <= suite_now()), p.reachable,
       case when $3::bool
            then (select count(*) from orders o where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client'))
       end
from people p
left join account_people a on a.person_id = p.id and a.removed_at is null
where (p.telegram_id = any ($1::bigint[]) or p.id = any ($2::bigint[])) and p.removed_at is null
