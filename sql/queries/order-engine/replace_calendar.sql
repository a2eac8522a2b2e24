-- A calendar's successor takes its place in the tariffs; orders keep the one they began with.
-- $1 id bigint, $2 replaced_by bigint
-- no rows
update tariffs
set calendar_id = $2::bigint
where calendar_id = $1::bigint
