-- What is known of a client who writes to the managers; read after the account's lock.
-- $1 telegram_id bigint, $2 many bigint
-- one row: account_id, how many of its inquiries wait for an answer, when the first of its last so many was made (ms; null: there
-- are not as many), number of the inquiry
select a.account_id,
       (select count(*) from inquiries i where i.account_id = a.account_id and i.answered_at is null),
       (select ms(i.at) from inquiries i where i.account_id = a.account_id order by i.at desc offset given.many - 1 limit 1),
       nextval(pg_get_serial_sequence('inquiries', 'id'))
from (select $1::bigint as telegram_id, $2::bigint as many) given
left join people p on p.telegram_id = given.telegram_id
left join account_people a on a.person_id = p.id and a.removed_at is null
