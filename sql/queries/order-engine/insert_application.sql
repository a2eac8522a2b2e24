-- Somebody asks to be let in.
-- $1 id, $2 person_id bigint, $3 role, $4 words text (null: none), $5 now bigint
-- no rows
insert into applications (id, person_id, role, words, at)
overriding system value
values ($1::bigint, $2::bigint, $3::text, $4::text, at_ms($5::bigint))
