-- Nobody pins a contractor who is gone.
-- $1 contractor_id bigint
-- no rows
delete from pins
where contractor_id = $1::bigint
