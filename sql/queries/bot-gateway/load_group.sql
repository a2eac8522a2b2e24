-- The managers' group.
-- no parameters
-- chat_id, title. One row, or none.
select chat_id, title from managers_group
