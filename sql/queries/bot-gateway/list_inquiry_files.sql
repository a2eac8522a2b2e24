-- The attachments of what a client has written to the managers, for one of them.
-- $1 telegram_id bigint (who looks), $2 inquiry_id bigint
-- One line of "<kind> <file_id> <chat_id> <message_id>" a row, in order.
select f.file
from (select $1::bigint as telegram_id, $2::bigint as inquiry_id) given
join lateral (select * from person_facts p where p.telegram_id = given.telegram_id offset 0) p on p.roles & 12 > 0
join inquiries i on i.id = given.inquiry_id
cross join unnest(i.files) with ordinality f (file, position)
where is_attachment(f.file)
order by f.position
