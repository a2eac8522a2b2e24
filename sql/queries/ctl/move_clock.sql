-- the test clock goes on: so far ahead of real time from now on, never back
-- $1 offset bigint ms
-- no rows
update installation
set clock_offset_ms = greatest(clock_offset_ms, $1::bigint)
