-- What decides about saving a calendar; the one that is to be replaced is locked, so that it is replaced once.
-- $1 id bigint (0 = a new one), $2 name text
-- one row: it exists and stands, the name is another's, number for the new row
with present as (select id from calendars where id = $1::bigint and replaced_by is null for no key update)
select exists (select from present),
       exists (select from calendars where name = $2::text and replaced_by is null and id <> $1::bigint),
       nextval(pg_get_serial_sequence('calendars', 'id'))
