-- Contractors who have become free are told how many orders wait for somebody like them: not those they have declined, not of
-- categories they do not follow. Not twice within a pause. Nobody counts beyond a hundred.
-- $1 person_ids bigint[], $2 limits bigint[]: CONTRACTOR_MAX_ORDERS in every row, $3 now bigint
-- one row per notice: id
insert into notices (person_id, at, kind, detail)
select p.id, at_ms($3::bigint), 'orders_wait', jsonb_build_object('count', w.count)
from (select distinct unnest($1::bigint[])) given (id)
join people p on p.id = given.id
left join account_people a on a.person_id = p.id and a.removed_at is null
cross join lateral (
    select count(*)
    from (
        select
        from orders o
        where o.state = 'new' and o.account_id is distinct from a.account_id
          and (exists (select from order_pins x where x.order_id = o.id and x.person_id = p.id)
               or (o.offer_open
                   and (o.category_id is null
                        or not exists (select from person_categories f where f.person_id = p.id)
                        or exists (select from person_categories f where f.person_id = p.id and f.category_id = o.category_id))))
          and not exists (select from order_passes y where y.order_id = o.id and y.person_id = p.id)
          and not exists (select from offer_declines n where n.order_id = o.id and n.person_id = p.id)
        limit 100
    ) waits
) w
where w.count > 0
  and p.removed_at is null and p.reachable and p.on_duty and (p.away_until is null or p.away_until <= at_ms($3::bigint))
  and exists (select from person_roles r where r.person_id = p.id and r.role = 'contractor' and r.removed_at is null)
  and (select count(*) from orders o where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client')) < ($2::bigint[])[1]
  and not exists (select from notices n
                  where n.person_id = p.id and n.kind = 'orders_wait' and n.at > at_ms($3::bigint) - interval '1 minute')
returning id
