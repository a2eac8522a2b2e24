-- An alert that belongs to no step of a clock.
-- $1 id bigint, $2 order_id bigint, $3 cause text, $4 now bigint
-- no rows
insert into alerts (id, order_id, cause, level, raised_at)
overriding system value
values ($1::bigint, $2::bigint, $3::text, 100, at_ms($4::bigint))
