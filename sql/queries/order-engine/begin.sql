-- Opens the transaction of a batch.
-- no rows
begin
