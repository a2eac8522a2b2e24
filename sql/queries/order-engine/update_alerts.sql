-- Alerts that were rewritten, repeated, acknowledged, reopened or solved, as they stand now.
-- $1 id, $2 level, $3 acknowledged_by, $4 acknowledged_at, $5 repeats, $6 solved_at bigint[]
-- no rows
update alerts a
set level = n.level, acknowledged_by = n.acknowledged_by, acknowledged_at = at_ms(n.acknowledged_at), repeats = n.repeats,
    solved_at = at_ms(n.solved_at)
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
     as n (id, level, acknowledged_by, acknowledged_at, repeats, solved_at)
where a.id = n.id
