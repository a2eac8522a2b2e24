-- A person as Telegram shows him or her now; what is null stays.
-- $1 telegram_id bigint, $2 name, $3 username, $4 phone, $5 language, $6 time_zone text
-- no rows
update people
set name = coalesce($2::text, name), username = coalesce($3::text, username), phone = coalesce($4::text, phone),
    language = coalesce($5::text, language), time_zone = coalesce($6::text, time_zone)
where telegram_id = $1::bigint
