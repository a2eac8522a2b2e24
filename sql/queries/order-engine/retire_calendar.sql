-- A calendar stands no more; its place is taken by a row that follows in the same transaction.
-- $1 id bigint, $2 replaced_by bigint
-- no rows
update calendars
set replaced_by = $2::bigint
where id = $1::bigint
