-- the tariff of this name
-- $1 name text
-- at most one row: id bigint
select id
from tariffs
where name = $1::text
