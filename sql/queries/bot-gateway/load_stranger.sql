-- What is known of somebody who has no role.
-- $1 telegram_id bigint
-- a link made for this very person waits, an application waits, had a role once. Exactly one row.
with given as (select $1::bigint as telegram_id)
select exists (select from invites i
               where i.telegram_id = g.telegram_id and i.used_at is null and i.revoked_at is null and i.expires_at > suite_now()),
       exists (select from people p join applications a on a.person_id = p.id
               where p.telegram_id = g.telegram_id and a.decided_at is null),
       exists (select from people p join person_roles r on r.person_id = p.id where p.telegram_id = g.telegram_id)
from given g
