-- what the installation is for and what time it is there
-- one row: purpose text, clock_offset_ms bigint, now bigint ms without the offset
select purpose, clock_offset_ms, ms(clock_timestamp())
from installation
