-- takes the lock of the active watcher for as long as this connection lives
-- one row: taken bool (false: another one has it)
select pg_try_advisory_lock(hashtextextended('sla-watcher', 0))
