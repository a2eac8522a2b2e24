-- a token of the HTTP API ends
-- $1 id bigint
-- no rows; none touched if there is no such token or it has ended
update api_tokens
set revoked_at = clock_timestamp()
where id = $1::bigint and revoked_at is null
