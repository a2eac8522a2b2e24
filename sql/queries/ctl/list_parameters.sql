-- the parameters that differ from their defaults
-- rows: name text, value text, changed_at text, changed_by text
select name, value, to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), changed_by
from parameters
