-- Answers already given: the same id again gets the same answer.
-- $1 ids text[]: the command ids of this batch
-- at most one row per id: id, answer
select id, answer
from commands
where id = any ($1::text[])
