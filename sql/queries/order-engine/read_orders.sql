-- The orders of a batch, read after the locks.
-- $1 ids bigint[]
-- one row per order: the columns of struct order; others: who is told if the one who ordered cannot be; can that one be reached
select o.id, o.month - date '1970-01-01', o.account_id, o.ordered_by, o.state, o.version, ms(o.created_at),
       o.billing_month_id, o.tariff_id, o.reaction_minutes, o.rate_minor, o.bonus_minor, o.sees_contacts, o.offer_open,
       o.contractor_id, ms(o.taken_at), o.estimate_minutes, o.estimate_named, o.reworks, ms(o.done_at), ms(o.ended_at),
       o.rating, ms(o.reaction_breached_at), ms(o.work_breached_at), o.currency,
       case when not (c.reachable and c.removed_at is null)
            then (select string_agg(m.person_id::text, ' ' order by m.person_id)
                  from account_people m
                  join people p on p.id = m.person_id and p.reachable and p.removed_at is null
                  where m.account_id = o.account_id and m.removed_at is null)
       end as others,
       c.reachable and c.removed_at is null
from orders o
join people c on c.id = o.ordered_by
where o.id = any ($1::bigint[])
