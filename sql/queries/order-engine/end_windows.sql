-- Pinned windows end at once when none of the pinned contractors is eligible any more: their deadline is due now, so that the watcher
-- opens the order to all, whatever becomes of this process.
-- $1 person_ids bigint[]: who has stopped being eligible (0: anybody may have), $2 limits bigint[]: CONTRACTOR_MAX_ORDERS in every row, $3 now bigint
-- one row per window that ends: when, ms
update deadlines d
set due_at = at_ms($3::bigint)
where d.step = 'open' and d.due_at > at_ms($3::bigint)
  and exists (select from order_pins x where x.order_id = d.order_id and (x.person_id = any ($1::bigint[]) or 0 = any ($1::bigint[])))
  and not exists (
      select
      from order_pins x
      join people p on p.id = x.person_id
      where x.order_id = d.order_id
        and p.removed_at is null and p.reachable and p.on_duty and (p.away_until is null or p.away_until <= at_ms($3::bigint))
        and exists (select from person_roles r where r.person_id = p.id and r.role = 'contractor' and r.removed_at is null)
        and not exists (select from offer_declines n where n.order_id = x.order_id and n.person_id = x.person_id)
        and (select count(*) from orders o where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client'))
            < ($2::bigint[])[1])
returning ms(d.due_at)
