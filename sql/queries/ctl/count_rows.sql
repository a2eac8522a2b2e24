-- how much there is of what check has no other count of
-- one row: notices bigint, deliveries bigint, people bigint
select (select count(*) from notices), (select count(*) from deliveries), (select count(*) from people)
