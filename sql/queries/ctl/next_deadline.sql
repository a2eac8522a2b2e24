-- the earliest deadline after one instant and up to another
-- $1 after bigint ms, $2 until bigint ms
-- one row: due_at bigint ms, null if there is none
with given as (select at_ms($1::bigint) as after, at_ms($2::bigint) as until)
select ms(min(due_at))
from deadlines, given
where due_at > given.after and due_at <= given.until
