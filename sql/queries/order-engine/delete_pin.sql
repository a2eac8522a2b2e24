-- No longer first.
-- $1 account_id bigint, $2 contractor_id bigint
-- no rows
delete from pins
where account_id = $1::bigint and contractor_id = $2::bigint
