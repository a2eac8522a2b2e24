-- Locks the invite of a link, so that it is used once.
-- $1 token text (null: the newest made for this very person), $2 telegram_id bigint
-- at most one row: id
select id
from invites
where token = coalesce($1::text, (select i.token from invites i
                                  where i.telegram_id = $2::bigint and i.used_at is null and i.revoked_at is null
                                  order by i.id desc limit 1))
for no key update
