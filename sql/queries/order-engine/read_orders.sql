-- The orders of a batch, read after the locks. Their newest events are looked for in the months named, so that only those
-- partitions are opened.
-- $1 ids bigint[], $2 first_month, $3 last_month bigint: days since 1970
-- one row per order: the columns of struct order; does the order lie in those months (if not, its version is not known); category; was it
-- given back to the quota for a missed reaction time; calendar
select o.id, o.month - date '1970-01-01', o.account_id, o.ordered_by, o.state, coalesce(e.version, o.version), ms(o.created_at),
       o.billing_month_id, o.tariff_id, o.reaction_minutes, o.rate_minor, o.bonus_minor, o.sees_contacts, o.offer_open,
       o.contractor_id, ms(o.taken_at), o.estimate_minutes, o.estimate_named, o.reworks, ms(o.done_at), ms(o.ended_at),
       o.rating, ms(o.reaction_breached_at), ms(o.work_breached_at), o.currency,
       o.month - date '1970-01-01' between $2::bigint and $3::bigint,
       o.category_id,
       o.reaction_breached_at is not null
       and exists (select from quota_entries q where q.order_id = o.id and q.kind in ('return', 'compensate')) as given_back,
       o.calendar_id
from orders o
left join lateral (
    select e.version
    from order_events e
    where e.order_month = o.month and e.order_id = o.id
      and e.order_month between date '1970-01-01' + $2::bigint::integer and date '1970-01-01' + $3::bigint::integer
    order by e.version desc
    limit 1
) e on true
where o.id = any ($1::bigint[])
