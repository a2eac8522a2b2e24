-- when the newest billing month has ended, if none has begun after it
-- at most one row: ended_at bigint ms
select ms(max(ends_at))
from billing_months
having max(ends_at) <= suite_now()
