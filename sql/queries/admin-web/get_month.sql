-- the report of a billing month: totals, contractors, clients and the load by hour, as the API shows it
-- $1 month_id bigint
-- one row: text, a JSON object; none if there is no such month
select json_build_object(
           'id', t.billing_month_id, 'starts_at', t.starts_at, 'ends_at', t.ends_at, 'orders', t.orders, 'taken', t.taken,
           'taken_in_time', t.taken_in_time, 'worked', t.worked, 'done_in_time', t.done_in_time, 'currency', t.currency,
           'earned_minor', t.earned_minor, 'paid_minor', t.paid_minor, 'unpaid_minor', t.unpaid_minor,
           'contractors', coalesce((
               select json_agg(json_build_object(
                   'person_id', w.contractor_id, 'name', p.name, 'orders', w.orders, 'earned_minor', w.earned_minor,
                   'paid_minor', w.paid_minor, 'unpaid_minor', w.unpaid_minor) order by p.name collate "ru-x-icu", p.id)
               from payout_months w
               join people p on p.id = w.contractor_id
               where w.billing_month_id = t.billing_month_id), '[]'),
           'clients', coalesce((
               select json_agg(json_build_object(
                   'account_id', c.account_id, 'name', c.name, 'orders', c.orders, 'taken', c.taken,
                   'taken_in_time', c.taken_in_time, 'worked', c.worked, 'done_in_time', c.done_in_time,
                   'complete_months', c.complete_months, 'orders_per_month', c.orders_per_month)
                   order by c.orders desc, c.name collate "ru-x-icu", c.account_id)
               from client_months c
               where c.billing_month_id = t.billing_month_id), '[]'),
           'hours', coalesce((
               select json_agg(json_build_object('weekday', h.weekday + 1, 'hour', h.hour, 'orders', h.orders) order by h.weekday, h.hour)
               from hour_months h
               where h.billing_month_id = t.billing_month_id), '[]'))::text
from month_totals t
where t.billing_month_id = $1::bigint
