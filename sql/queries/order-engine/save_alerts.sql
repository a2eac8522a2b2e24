-- Alerts that were raised, rewritten, repeated, acknowledged, reopened or solved, as they stand now.
-- $1 id, $2 order_id, $3 level, $4 raised_at, $5 acknowledged_by, $6 acknowledged_at, $7 repeats, $8 solved_at bigint[];
-- $9 cause text[]
-- no rows
insert into alerts (id, order_id, cause, level, raised_at, acknowledged_by, acknowledged_at, repeats, solved_at)
overriding system value
select id, order_id, cause, level, at_ms(raised_at), acknowledged_by, at_ms(acknowledged_at), repeats, at_ms(solved_at)
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::text[])
     as a (id, order_id, level, raised_at, acknowledged_by, acknowledged_at, repeats, solved_at, cause)
on conflict (id)
do update set level = excluded.level, acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
              repeats = excluded.repeats, solved_at = excluded.solved_at
