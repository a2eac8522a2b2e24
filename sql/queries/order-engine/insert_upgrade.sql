-- A client asks for a larger tariff.
-- $1 id, $2 account_id, $3 person_id, $4 tariff_id (null: whichever is larger), $5 at bigint
-- no rows
insert into upgrade_requests (id, account_id, person_id, tariff_id, at)
overriding system value
values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, at_ms($5::bigint))
