-- What decides about a pin: the account (a client's own, or the one the panel names), its tariff, the contractor's past with it.
-- $1 telegram_id bigint (0 = panel), $2 account_id bigint, $3 contractor_id bigint
-- at most one row: account_id, may_pin, contractor is active, has closed an order for the account
select a.id, t.may_pin,
       exists (select from person_roles r join people p on p.id = r.person_id and p.removed_at is null
               where r.person_id = $3::bigint and r.role = 'contractor' and r.removed_at is null),
       exists (select from orders o
               where o.account_id = a.id and o.contractor_id = $3::bigint and o.state in ('done', 'closed'))
from accounts a
join tariffs t on t.id = a.tariff_id
where a.id = case when $1::bigint = 0 then $2::bigint
                  else (select ap.account_id
                        from people p
                        join account_people ap on ap.person_id = p.id and ap.removed_at is null
                        where p.telegram_id = $1::bigint)
             end
