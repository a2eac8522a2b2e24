-- Somebody wants a digest no more.
-- $1 telegram_id bigint, $2 every text
-- no rows
delete from digests d
using people p
where p.telegram_id = $1::bigint and d.person_id = p.id and d.every = $2::text
