-- What a client has written to the managers, and what has come of it.
-- $1 telegram_id bigint (who looks), $2 inquiry_id bigint
-- The columns of load_request.sql and load_application.sql, too. At most one row: id, who wrote (name, Telegram id, username, phone), account,
-- role, words, attachments, tariff, answer, who has answered, when (ms), declined, passed on, over. Nothing for those who are no staff.
select i.id, w.name, w.telegram_id, w.username, w.phone, c.name, null, i.text,
       (select count(*) from unnest(i.files) f (file) where is_attachment(f.file)),
       null, i.answer, b.name, ms(i.answered_at), false, false, i.answered_at is not null
from (select $1::bigint as telegram_id, $2::bigint as inquiry_id) given
join lateral (select * from person_facts p where p.telegram_id = given.telegram_id offset 0) p on p.roles & 12 > 0
join inquiries i on i.id = given.inquiry_id
join people w on w.id = i.person_id
join accounts c on c.id = i.account_id
left join people b on b.id = i.answered_by
