-- Billing months that have begun.
-- $1 id, $2 starts_at, $3 ends_at, $4 billing_day bigint[]; $5 time_zone text[]
-- no rows
insert into billing_months (id, starts_at, ends_at, billing_day, time_zone)
overriding system value
select id, at_ms(starts_at), at_ms(ends_at), day, zone
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[]) as m (id, starts_at, ends_at, day, zone)
