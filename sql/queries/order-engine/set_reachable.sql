-- Whether a person can be written to.
-- $1 telegram_id bigint, $2 reachable bool, $3 now bigint
-- no rows
update people
set reachable = $2::bool, unreachable_at = case when $2::bool then null else coalesce(unreachable_at, at_ms($3::bigint)) end
where telegram_id = $1::bigint
