-- a page of the billing months with their totals, the newest first, as the API shows them
-- $1 limit bigint, $2 offset bigint
-- one row: text, a JSON object of items and total
with given as (select $1::bigint as most, $2::bigint as skipped),
page as (
    select id from billing_months order by starts_at desc limit (select most from given) offset (select skipped from given)
)
select json_build_object(
           'items', coalesce((
               select json_agg(json_build_object(
                   'id', t.billing_month_id, 'starts_at', t.starts_at, 'ends_at', t.ends_at, 'orders', t.orders, 'taken', t.taken,
                   'taken_in_time', t.taken_in_time, 'worked', t.worked, 'done_in_time', t.done_in_time, 'currency', t.currency,
                   'earned_minor', t.earned_minor, 'paid_minor', t.paid_minor, 'unpaid_minor', t.unpaid_minor)
                   order by t.starts_at desc)
               from page p
               join month_totals t on t.billing_month_id = p.id), '[]'),
           'total', (select count(*) from billing_months))::text
