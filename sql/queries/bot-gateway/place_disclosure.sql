-- The empty message that will show it has this number.
-- $1 id bigint, $2 message_id bigint
-- no rows
update disclosures set message_id = $2::bigint where id = $1::bigint
