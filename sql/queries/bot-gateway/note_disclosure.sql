-- It is shown: what was sealed is needed no more.
-- $1 id bigint
-- no rows
update disclosures set sealed = null where id = $1::bigint
