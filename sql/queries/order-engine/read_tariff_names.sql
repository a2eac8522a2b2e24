-- What decides about saving a tariff.
-- $1 id bigint (0 = a new one), $2 name text, $3 calendar_id bigint (0 = round the clock)
-- one row: exists, name is another's, number for a new one, the calendar stands
select exists (select from tariffs where id = $1::bigint),
       exists (select from tariffs where name = $2::text and id <> $1::bigint),
       nextval(pg_get_serial_sequence('tariffs', 'id')),
       $3::bigint = 0 or exists (select from calendars where id = $3::bigint and replaced_by is null)
