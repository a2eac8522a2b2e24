-- The newest billing months.
-- at most 24 rows, newest first: id, starts_at ms, ends_at ms
select id, ms(starts_at), ms(ends_at)
from billing_months
order by starts_at desc
limit 24
