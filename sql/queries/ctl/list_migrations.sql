-- the migrations that were applied
-- rows, ascending: version bigint, name text, sha256 text
select version::bigint, name, sha256
from schema_migrations
order by version
