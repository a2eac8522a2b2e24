-- the installation's time zone, if it is not the default
-- at most one row: zone text
select value
from parameters
where name = 'TIME_ZONE'
