-- What a contractor's month has left unpaid; read after the lock.
-- $1 contractor_id bigint, $2 month_id bigint: null = none is named
-- one row: was ever a contractor, there is such a month, unpaid minor units (0: nothing), their currency
select exists (select from person_roles r where r.person_id = given.contractor_id and r.role = 'contractor'),
       exists (select from billing_months m where m.id = given.month_id),
       coalesce(p.unpaid_minor, 0), p.currency
from (select $1::bigint as contractor_id, $2::bigint as month_id) given
left join lateral (
    select unpaid_minor, currency
    from payout_months
    where contractor_id = given.contractor_id and billing_month_id = given.month_id and unpaid_minor <> 0
    order by currency
    limit 1
) p on true
