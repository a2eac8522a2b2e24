-- The managers' group has become a supergroup.
-- $1 chat_id bigint
-- no rows
update managers_group
set chat_id = $1::bigint
