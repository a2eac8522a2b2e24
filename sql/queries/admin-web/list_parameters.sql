-- the parameters that differ from their default
-- rows: name, value text, changed_at bigint ms, changed_by text
select name, value, ms(changed_at), changed_by
from parameters;
