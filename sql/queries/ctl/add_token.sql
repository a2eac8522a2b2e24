-- a token of the HTTP API; its login comes with it if need be
-- $1 login text, $2 hash bytea: sha256 of the token, $3 may_write bool
-- one row: id bigint
with given as (select $1::text as login, $2::bytea as hash, $3::boolean as may_write),
login as (
    insert into admins (login)
    select login
    from given
    on conflict do nothing
)
insert into api_tokens (login, hash, scopes)
select login, hash, case when may_write then '{read,write}'::text[] else '{read}'::text[] end
from given
returning id
