-- Takes the lock of the active gateway for as long as this session lives.
-- $1 lock text: its name
-- one row: taken bool (false: another session has it)
select pg_try_advisory_lock(hashtextextended($1::text, 0)) as taken
