-- A link has done its work.
-- $1 id bigint, $2 used_by bigint, $3 now bigint
-- no rows
update invites
set used_by = $2::bigint, used_at = at_ms($3::bigint)
where id = $1::bigint
