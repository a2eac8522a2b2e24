-- What people are to be told.
-- $1 person_id, $2 order_id, $3 order_version, $4 at, $5 not_before bigint[]; $6 kind, $7 detail text[]; $8 wants_receipt, $9 to_group bool[]
-- no rows
insert into notices (person_id, order_id, order_version, at, not_before, kind, detail, wants_receipt, to_group)
select person_id, order_id, order_version, at_ms(at), at_ms(not_before), kind, detail::jsonb, wants_receipt, to_group
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[],
            $8::bool[], $9::bool[]) as n (person_id, order_id, order_version, at, not_before, kind, detail, wants_receipt, to_group)
