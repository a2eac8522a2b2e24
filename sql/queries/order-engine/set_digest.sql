-- Somebody wants a digest from now on; who has it keeps it as it is.
-- $1 telegram_id bigint, $2 every text, $3 since, $4 due_at bigint ms
-- no rows
insert into digests (person_id, every, since, due_at)
select id, $2::text, at_ms($3::bigint), at_ms($4::bigint)
from people
where telegram_id = $1::bigint
on conflict (person_id, every) do nothing
