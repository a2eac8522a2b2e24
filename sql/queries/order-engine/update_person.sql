-- A person as Telegram shows him or her now; what is null stays.
-- $1 telegram_id bigint, $2 name, $3 username, $4 phone, $5 language text
-- no rows
update people
set name = coalesce($2::text, name), username = coalesce($3::text, username), phone = coalesce($4::text, phone),
    language = coalesce($5::text, language)
where telegram_id = $1::bigint
