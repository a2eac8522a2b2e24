-- The orders of a batch, read after the locks. Their newest events are looked for in the months named, so that only those
-- partitions are opened.
-- $1 ids bigint[], $2 first_month, $3 last_month bigint: days since 1970
-- one row per order: the columns of struct order; others: who is told if the one who ordered cannot be; can that one be reached;
-- does the order lie in those months (if not, its version is not known); category; was it given back to the quota for a missed
-- reaction time; does the one who ordered belong to the account still; is its contractor still one; calendar
select o.id, o.month - date '1970-01-01', o.account_id, o.ordered_by, o.state, coalesce(e.version, o.version), ms(o.created_at),
       o.billing_month_id, o.tariff_id, o.reaction_minutes, o.rate_minor, o.bonus_minor, o.sees_contacts, o.offer_open,
       o.contractor_id, ms(o.taken_at), o.estimate_minutes, o.estimate_named, o.reworks, ms(o.done_at), ms(o.ended_at),
       o.rating, ms(o.reaction_breached_at), ms(o.work_breached_at), o.currency,
       case when not (c.reachable and c.belongs)
            then (select string_agg(m.person_id::text, ' ' order by m.person_id)
                  from account_people m
                  join people p on p.id = m.person_id and p.reachable and p.removed_at is null
                  where m.account_id = o.account_id and m.removed_at is null)
       end as others,
       c.reachable and c.belongs,
       o.month - date '1970-01-01' between $2::bigint and $3::bigint,
       o.category_id,
       o.reaction_breached_at is not null
       and exists (select from quota_entries q where q.order_id = o.id and q.kind in ('return', 'compensate')) as given_back,
       c.belongs,
       exists (select from person_roles r
               where r.person_id = o.contractor_id and r.role = 'contractor' and r.removed_at is null),
       o.calendar_id
from orders o
cross join lateral (
    select p.reachable,
           exists (select from account_people m
                   where m.person_id = p.id and m.account_id = o.account_id and m.removed_at is null) as belongs
    from people p
    where p.id = o.ordered_by
) c
left join lateral (
    select e.version
    from order_events e
    where e.order_month = o.month and e.order_id = o.id
      and e.order_month between date '1970-01-01' + $2::bigint::integer and date '1970-01-01' + $3::bigint::integer
    order by e.version desc
    limit 1
) e on true
where o.id = any ($1::bigint[])
