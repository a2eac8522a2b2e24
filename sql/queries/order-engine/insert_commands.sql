-- The answers of this batch; an id that is there already fails the batch, and its command is looked up again.
-- $1 order_id, $2 at bigint[]; $3 id, $4 type, $5 answer text[]
-- no rows
insert into commands (order_id, at, id, type, answer)
select order_id, at_ms(at), id, type, answer
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) as c (order_id, at, id, type, answer)
