-- what the installation is for, what time it is there, whether anything can have happened
-- one row: purpose text, clock_offset_ms bigint, now bigint ms without the offset, has nobody joined
select purpose, clock_offset_ms, ms(clock_timestamp()), not exists (select from people)
from installation
