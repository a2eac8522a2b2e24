-- Alerts that are raised.
-- $1 id, $2 order_id, $3 level, $4 raised_at bigint[]; $5 cause text[]
-- no rows
insert into alerts (id, order_id, cause, level, raised_at)
overriding system value
select id, order_id, cause, level, at_ms(raised_at)
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[]) as a (id, order_id, level, raised_at, cause)
