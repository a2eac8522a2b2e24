-- Which digests a person gets.
-- $1 telegram_id bigint
-- every text, next one (ms): at most a row for each kind
select d.every, ms(d.due_at)
from people p
join digests d on d.person_id = p.id
where p.telegram_id = $1::bigint
