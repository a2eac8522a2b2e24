-- What a digest tells: what has happened in its time, how things stand now.
-- $1 notice_id bigint
-- every, since, until (ms), orders made, taken, late, done; who is away (at most 10 names) and how many; earned and unpaid in the running
-- month (minor units) and currency. At most one row.
with span as (
    select n.detail ->> 'every' as every, at_ms((n.detail ->> 'since')::bigint) as since, at_ms((n.detail ->> 'until')::bigint) as until
    from notices n
    where n.id = $1::bigint
),
away as (
    select p.name, count(*) over () as people
    from person_facts p
    where p.roles & 6 > 0 and not p.on_duty
    order by p.name collate "ru-x-icu"
    limit 10
)
select s.every, ms(s.since), ms(s.until),
       -- by accounts and contractors, for these have an index each
       (select count(*) from accounts a cross join lateral (
            select from orders o where o.account_id = a.id and o.created_at > s.since and o.created_at <= s.until) x),
       (select count(*) from person_roles r cross join lateral (
            select from orders o where o.contractor_id = r.person_id and o.taken_at > s.since and o.taken_at <= s.until) x
        where r.role = 'contractor'),
       (select count(*) from orders o where o.reaction_breached_at > s.since and o.reaction_breached_at <= s.until)
           + (select count(*) from orders o where o.work_breached_at > s.since and o.work_breached_at <= s.until),
       (select count(*) from orders o where o.done_at > s.since and o.done_at <= s.until),
       (select string_agg(name, ', ') from away), (select max(people) from away),
       t.earned_minor, t.unpaid_minor, t.currency
from span s
left join month_totals t on t.billing_month_id = month_ago(0)
