-- an account's quota by billing month, the newest first, as the API shows it
-- $1 account_id bigint
-- one row: text, a JSON object of items and total; none if there is no such account
select json_build_object(
           'items', coalesce(json_agg(json_build_object(
               'month_id', m.billing_month_id, 'starts_at', m.starts_at, 'ends_at', m.ends_at, 'reserved', m.reserved,
               'returned', m.returned, 'compensated', m.compensated, 'granted', m.granted, 'balance', m.balance)
               order by m.starts_at desc) filter (where m.billing_month_id is not null), '[]'),
           'total', count(m.billing_month_id))::text
from accounts a
left join account_months m on m.account_id = a.id
where a.id = $1::bigint
group by a.id;
