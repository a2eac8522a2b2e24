-- What is known of somebody who wants to apply, and numbers for what may be made.
-- $1 telegram_id bigint
-- one row: the person (id, role names), an application waits, when the last one was declined (ms), how many wait of all, numbers
-- (person, application)
select p.id,
       (select string_agg(r.role, ' ') from person_roles r where r.person_id = p.id and r.removed_at is null),
       exists (select from applications a where a.person_id = p.id and a.decided_at is null),
       (select ms(max(a.decided_at)) from applications a where a.person_id = p.id and a.outcome = 'declined'),
       (select count(*) from applications a where a.decided_at is null),
       nextval(pg_get_serial_sequence('people', 'id')), nextval(pg_get_serial_sequence('applications', 'id'))
from (select $1::bigint as telegram_id) given
left join people p on p.telegram_id = given.telegram_id
