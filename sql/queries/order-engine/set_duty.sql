-- On duty, or away until an instant.
-- $1 telegram_id bigint, $2 on_duty bool, $3 away_until bigint (ms or null)
-- no rows
update people
set on_duty = $2::bool, away_until = at_ms($3::bigint)
where telegram_id = $1::bigint
