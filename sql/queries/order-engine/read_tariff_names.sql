-- What decides about saving a tariff.
-- $1 id bigint (0 = a new one), $2 name text
-- one row: exists, name is another's, number for a new one
select exists (select from tariffs where id = $1::bigint),
       exists (select from tariffs where name = $2::text and id <> $1::bigint),
       nextval(pg_get_serial_sequence('tariffs', 'id'))
