-- Its message is removed, or was never seen.
-- $1 id bigint
-- no rows
delete from disclosures where id = $1::bigint
