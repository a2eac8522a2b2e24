-- Gives a batch up after one of its statements failed.
-- no rows
rollback
