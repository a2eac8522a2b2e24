-- The instant at which this batch happens, the versions of the parameters and of the people it obeys, and whether the managers have a
-- group.
-- one row: now ms, parameters_version, people_version, a group is bound
select ms(clock_timestamp()) + clock_offset_ms, parameters_version, people_version, exists (select from managers_group)
from installation
