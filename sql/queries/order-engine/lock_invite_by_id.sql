-- Locks an invite that is to be revoked.
-- $1 id bigint
-- at most one row: id, ended
select id, used_at is not null or revoked_at is not null
from invites
where id = $1::bigint
for no key update
