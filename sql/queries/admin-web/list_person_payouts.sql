-- what a contractor has earned by billing month, the newest first, as the API shows it
-- $1 person_id bigint
-- one row: text, a JSON object of items and total; none if there is no such person
select json_build_object(
           'items', coalesce(json_agg(json_build_object(
               'month_id', m.billing_month_id, 'starts_at', m.starts_at, 'ends_at', m.ends_at, 'currency', m.currency,
               'orders', m.orders, 'earned_minor', m.earned_minor, 'paid_minor', m.paid_minor, 'unpaid_minor', m.unpaid_minor)
               order by m.starts_at desc, m.currency) filter (where m.billing_month_id is not null), '[]'),
           'total', count(m.billing_month_id))::text
from people p
left join payout_months m on m.contractor_id = p.id
where p.id = $1::bigint
group by p.id;
