-- The managers' group, so that no two commands change it at once.
-- no parameters
-- at most one row: chat_id
select chat_id
from managers_group
for update
