-- the installation's time: real time and the test clock's offset
-- one row: now bigint ms
select ms(suite_now())
