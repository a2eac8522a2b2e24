-- Another tariff, date or name; what is null stays.
-- $1 id bigint, $2 name text, $3 tariff_id bigint, $4 paid_until text (YYYY-MM-DD)
-- no rows
update accounts
set name = coalesce($2::text, name), tariff_id = coalesce($3::bigint, tariff_id),
    paid_until = coalesce($4::text::date, paid_until)
where id = $1::bigint
