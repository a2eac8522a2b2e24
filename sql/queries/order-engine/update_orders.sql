-- Orders after what happened to them; insert_events sees to it that nobody was faster.
-- $1 id, $2 version, $3 contractor_id, $4 taken_at, $5 estimate_minutes, $6 done_at, $7 ended_at, $8 rating,
-- $9 reaction_breached_at, $10 work_breached_at, $11 reworks, $12 bonus_minor bigint[]; $13 offer_open, $14 estimate_named bool[]; $15 state text[]
-- no rows
update orders
set version = n.version, contractor_id = n.contractor_id, taken_at = at_ms(n.taken_at),
    estimate_minutes = n.estimate_minutes, done_at = at_ms(n.done_at), ended_at = at_ms(n.ended_at), rating = n.rating,
    reaction_breached_at = at_ms(n.reaction_breached_at), work_breached_at = at_ms(n.work_breached_at),
    reworks = n.reworks, bonus_minor = n.bonus_minor, offer_open = n.offer_open, estimate_named = n.estimate_named, state = n.state
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bool[], $14::bool[], $15::text[])
     as n (id, version, contractor_id, taken_at, estimate_minutes, done_at, ended_at, rating, reaction_breached_at,
           work_breached_at, reworks, bonus_minor, offer_open, estimate_named, state)
where orders.id = n.id
