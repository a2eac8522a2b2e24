-- The parameters that differ from their defaults.
-- any number of rows: name, value, parameters_version of this look
select p.name, p.value, i.parameters_version
from installation i
left join parameters p on true
