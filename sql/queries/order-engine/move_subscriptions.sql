-- Another time zone: the steps of subscriptions that are still ahead move to the midnights of its days.
-- $1 steps text[], $2 days_before bigint[]: the table of subscription.c; $3 zone text
-- no rows
update deadlines d
set due_at = (a.paid_until + 1 - s.days_before::integer)::timestamp at time zone $3::text
from accounts a,
     unnest($1::text[], $2::bigint[]) as s (step, days_before)
where d.account_id = a.id and d.step = s.step
