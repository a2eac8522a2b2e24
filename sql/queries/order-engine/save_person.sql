-- A person who joins, or is back.
-- $1 id, $2 telegram_id bigint, $3 name, $4 username, $5 phone, $6 language text, $7 privacy_version, $8 now bigint
-- no rows
insert into people (id, telegram_id, name, username, phone, language, privacy_version, privacy_at, created_at)
overriding system value
values ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::bigint, at_ms($8::bigint), at_ms($8::bigint))
on conflict (id)
do update set name = excluded.name, username = excluded.username, phone = coalesce(excluded.phone, people.phone),
              language = coalesce(nullif(people.language, ''), excluded.language),
              privacy_version = excluded.privacy_version, privacy_at = excluded.privacy_at,
              removed_at = null, reachable = true, unreachable_at = null
