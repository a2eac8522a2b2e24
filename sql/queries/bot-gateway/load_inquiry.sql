-- What a client has written to the managers, for one who is about to answer.
-- $1 telegram_id bigint (who looks), $2 inquiry_id bigint
-- at most one row: name of who wrote, name of the account, words, answered at (ms). Nothing for those who are no staff.
select w.name, c.name, i.text, ms(i.answered_at)
from (select $1::bigint as telegram_id, $2::bigint as inquiry_id) given
join person_facts p on p.telegram_id = given.telegram_id and p.roles & 12 > 0
join inquiries i on i.id = given.inquiry_id
join people w on w.id = i.person_id
join accounts c on c.id = i.account_id
