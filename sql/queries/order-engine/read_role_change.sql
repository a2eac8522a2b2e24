-- What is known of a person who is to lose a role or to get it back; read after the locks.
-- $1 person_id bigint, $2 role text
-- one row: was ever given the role, has it, somebody else is owner, Telegram id (null: none)
select exists (select from person_roles r where r.person_id = given.person_id and r.role = given.role),
       exists (select from person_roles r where r.person_id = given.person_id and r.role = given.role and r.removed_at is null),
       exists (select from person_roles r join people p on p.id = r.person_id and p.removed_at is null
               where r.role = 'owner' and r.removed_at is null and r.person_id <> given.person_id),
       (select p.telegram_id from people p where p.id = given.person_id)
from (select $1::bigint as person_id, $2::text as role) given
