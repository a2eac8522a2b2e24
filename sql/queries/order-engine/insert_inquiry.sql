-- A client writes to the managers.
-- $1 id, $2 account_id, $3 person_id bigint, $4 text, $5 files text[], $6 now bigint
-- no rows
insert into inquiries (id, account_id, person_id, text, files, at)
overriding system value
values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text[], at_ms($6::bigint))
