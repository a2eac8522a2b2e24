-- Ends the transaction of a batch: one flush, many answers.
-- no rows
commit
