-- the test clock goes back, while nobody has joined
-- $1 offset bigint ms
-- no rows
update installation
set clock_offset_ms = $1::bigint
where not exists (select from people)
