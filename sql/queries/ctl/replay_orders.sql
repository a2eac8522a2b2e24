-- orders of a time, with the terms they were made under and what became of them
-- $1 after_id bigint, $2 since bigint ms, $3 until bigint ms: of creation, $4 most bigint
-- rows, ascending by id: id, account_id, ordered_by, created_at bigint ms, tariff_id, reaction_minutes, rate_minor, category_id bigint (0: none),
-- own_rate bool: its tariff has one, currency text, tariff text, pins text: who saw it first, reaction_breached, work_breached bool,
-- payouts, paid_minor, compensated bigint, calendar_id bigint (0: none)
select o.id, o.account_id, o.ordered_by, ms(o.created_at), o.tariff_id, o.reaction_minutes::bigint, o.rate_minor, coalesce(o.category_id, 0)::bigint,
       t.rate_minor is not null, o.currency, t.name,
       (select string_agg(p.person_id::text, ' ' order by p.person_id) from order_pins p where p.order_id = o.id),
       o.reaction_breached_at is not null, o.work_breached_at is not null, e.payouts, e.paid_minor,
       (select count(*) from quota_entries q where q.order_id = o.id and q.kind = 'compensate'),
       coalesce(o.calendar_id, 0)
from orders o
join tariffs t on t.id = o.tariff_id
cross join lateral (
    select count(*) as payouts, coalesce(sum(amount_minor), 0)::bigint as paid_minor
    from payout_entries
    where order_id = o.id and kind = 'order'
) e
where o.id > $1::bigint and o.created_at >= at_ms($2::bigint) and o.created_at < at_ms($3::bigint)
order by o.id
limit $4::bigint
