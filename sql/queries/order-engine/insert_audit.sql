-- Who did what with more than the own orders.
-- $1 at bigint, $2 actor, $3 action, $4 subject, $5 command_id, $6 detail text (JSON)
-- no rows
insert into audit (at, actor, action, subject, command_id, detail)
values (at_ms($1::bigint), $2::text, $3::text, $4::text, $5::text, $6::text::jsonb)
