-- The instant at which this batch happens, and the versions of the parameters and of the people it obeys.
-- one row: now ms, parameters_version, people_version
select ms(clock_timestamp()) + clock_offset_ms, parameters_version, people_version
from installation
