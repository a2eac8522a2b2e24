-- A calendar as it is from now on.
-- $1 id bigint, $2 name, $3 time_zone text, $4 now bigint
-- no rows
insert into calendars (id, name, time_zone, saved_at)
overriding system value
values ($1::bigint, $2::text, $3::text, at_ms($4::bigint))
