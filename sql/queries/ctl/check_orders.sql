-- orders as they stand, with what their ledgers and their secret say
-- $1 after_id bigint, $2 from text: only orders made since that day (YYYY-MM-DD), null: all, $3 most bigint
-- rows, ascending by id: id, version bigint, state text, contractor_id, estimate_minutes, rating, taken_at, done_at, ended_at bigint
-- (0: none), reserved, returned, paid bigint: rows of the ledgers, quota_fits bool, payout_fits bool, secret_left bool, compensated
-- bool: its quota was returned when its first reaction time was missed; reworks bigint
select o.id, o.version::bigint, o.state, coalesce(o.contractor_id, 0), coalesce(o.estimate_minutes, 0)::bigint,
       coalesce(o.rating, 0)::bigint, coalesce(ms(o.taken_at), 0), coalesce(ms(o.done_at), 0), coalesce(ms(o.ended_at), 0),
       q.reserved, q.returned, p.paid, q.fits, p.fits,
       exists (select from credentials c where c.order_id = o.id and c.sealed is not null and o.state in ('closed', 'cancelled')),
       o.reaction_breached_at is not null
       and exists (select from order_events e
                   where e.order_month = o.month and e.order_id = o.id and e.event = 'breach' and e.detail ? 'compensated'),
       o.reworks::bigint
from orders o
cross join lateral (
    select count(*) filter (where e.kind = 'reserve') as reserved, count(*) filter (where e.kind <> 'reserve') as returned,
           coalesce(bool_and(e.account_id = o.account_id and e.billing_month_id = o.billing_month_id
                             and e.amount = case e.kind when 'reserve' then -1 else 1 end), true) as fits
    from (
        -- apart, because each kind has its own index
        select account_id, billing_month_id, kind, amount from quota_entries where order_id = o.id and kind = 'reserve'
        union all
        select account_id, billing_month_id, kind, amount from quota_entries where order_id = o.id and kind in ('return', 'compensate')
    ) e
) q
cross join lateral (
    select count(*) as paid,
           coalesce(bool_and(e.contractor_id = o.contractor_id and e.amount_minor = o.rate_minor + o.bonus_minor
                             and e.currency = o.currency and m.starts_at <= o.ended_at and m.ends_at > o.ended_at), true) as fits
    from payout_entries e
    join billing_months m on m.id = e.billing_month_id
    where e.order_id = o.id and e.kind = 'order'
) p
where o.id > $1::bigint and ($2::text is null or o.created_at >= $2::text::date)
order by o.id
limit $3::bigint
