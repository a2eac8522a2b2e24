-- the client accounts of this name
-- $1 name text
-- rows: id bigint
select id
from accounts
where name = $1::text
limit 2
