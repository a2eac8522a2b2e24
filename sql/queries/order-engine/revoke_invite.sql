-- A link is taken back.
-- $1 id bigint, $2 now bigint
-- no rows
update invites
set revoked_at = at_ms($2::bigint)
where id = $1::bigint
