-- how many deadlines are due at an instant and not yet dealt with
-- $1 at bigint ms
-- one row: count bigint
select count(*)
from deadlines
where due_at <= at_ms($1::bigint)
