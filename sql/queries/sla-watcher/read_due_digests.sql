-- digests whose hour has come
-- at most 100 rows: person_id bigint, every text, due_at bigint ms
select person_id, every, ms(due_at)
from digests
where due_at <= suite_now()
order by due_at
limit 100
