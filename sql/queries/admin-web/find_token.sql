-- who bears this API token and what it allows; notes its use once a minute at most
-- $1 hash bytea: sha256 of the token
-- one row: login text, may_read bool (who may write may read), may_write bool; none if it is unknown, revoked or its login disabled
with given as (select $1::bytea as hash),
found as (
    select t.id, t.login, t.scopes, t.used_at
    from given
    join api_tokens t on t.hash = given.hash
    join admins a on a.login = t.login
    where t.revoked_at is null and a.disabled_at is null
),
noted as (
    update api_tokens t
    set used_at = clock_timestamp()
    from found
    where t.id = found.id and (t.used_at is null or t.used_at < clock_timestamp() - interval '1 minute')
)
select login, scopes && '{read,write}', 'write' = any(scopes)
from found;
