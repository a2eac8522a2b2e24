-- The instant at which this batch happens and the version of the parameters it obeys.
-- one row: now ms, parameters_version
select ms(clock_timestamp()) + clock_offset_ms, parameters_version
from installation
