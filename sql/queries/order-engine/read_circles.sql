-- The people around the orders of a batch.
-- $1 ids bigint[]
-- one row per order: id, contractor_id, who orders and still belongs to the account (null: nobody), can that one be reached, others: who
-- is told if not, is the contractor still one
select o.id, o.contractor_id, case when c.belongs then o.ordered_by end, c.reachable and c.belongs,
       case when not (c.reachable and c.belongs)
            then (select string_agg(m.person_id::text, ' ' order by m.person_id)
                  from account_people m
                  join people p on p.id = m.person_id and p.reachable and p.removed_at is null
                  where m.account_id = o.account_id and m.removed_at is null)
       end as others,
       exists (select from person_roles r
               where r.person_id = o.contractor_id and r.role = 'contractor' and r.removed_at is null)
from orders o
cross join lateral (
    select p.reachable,
           exists (select from account_people m
                   where m.person_id = p.id and m.account_id = o.account_id and m.removed_at is null) as belongs
    from people p
    where p.id = o.ordered_by
) c
where o.id = any ($1::bigint[])
