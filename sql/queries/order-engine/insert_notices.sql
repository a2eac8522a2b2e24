-- What people are to be told.
-- $1 person_id, $2 order_id, $3 order_version, $4 at, $5 not_before bigint[]; $6 kind, $7 detail text[]
-- no rows
insert into notices (person_id, order_id, order_version, at, not_before, kind, detail)
select person_id, order_id, order_version, at_ms(at), at_ms(not_before), kind, detail::jsonb
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])
     as n (person_id, order_id, order_version, at, not_before, kind, detail)
