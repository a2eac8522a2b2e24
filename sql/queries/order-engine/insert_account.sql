-- A client account.
-- $1 id bigint, $2 name text, $3 tariff_id bigint, $4 paid_until text (YYYY-MM-DD or null), $5 now bigint
-- no rows
insert into accounts (id, name, tariff_id, paid_until, created_at)
overriding system value
values ($1::bigint, $2::text, $3::bigint, $4::text::date, at_ms($5::bigint))
