-- Somebody who asks to be let in, and what has come of it.
-- $1 telegram_id bigint (who looks), $2 application_id bigint
-- At most one row, the columns of load_inquiry.sql; who has answered is null if the applicant has joined by a link. Nothing for those
-- who are no staff.
select y.id, w.name, w.telegram_id, w.username, w.phone, null, y.role, y.words, 0, null, null,
       case when y.decided_by <> 'tg:' || w.telegram_id then coalesce(b.name, split_part(y.decided_by, ':', 2)) end,
       ms(y.decided_at), coalesce(y.outcome = 'declined', false), false, y.decided_at is not null
from (select $1::bigint as telegram_id, $2::bigint as application_id) given
join lateral (select * from person_facts s where s.telegram_id = given.telegram_id offset 0) s on s.roles & 12 > 0
join applications y on y.id = given.application_id
join people w on w.id = y.person_id
left join people b on b.telegram_id = case when y.decided_by like 'tg:%' then substr(y.decided_by, 4)::bigint end
