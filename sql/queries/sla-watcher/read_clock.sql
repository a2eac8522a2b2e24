-- the installation's time: real time and the test clock's offset
-- one row: now bigint, microseconds
select (date_part('epoch', suite_now()) * 1000000)::bigint
