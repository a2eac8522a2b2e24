-- Locks somebody who is away until an instant.
-- $1 person_id bigint
-- at most one row: away_until ms (null: not away)
select ms(away_until)
from people
where id = $1::bigint
for no key update
