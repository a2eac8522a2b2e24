-- who was away until an instant that has passed, and has not been greeted yet; the others come with the next look
-- rows, the earliest first: person_id bigint, away_until bigint ms
select id, ms(away_until)
from people
where away_until <= suite_now()
order by away_until, id
limit 100
