-- The managers have no group any more.
-- no parameters
-- no rows
delete from managers_group
