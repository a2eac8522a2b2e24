-- A manager has answered an inquiry.
-- $1 id bigint, $2 text text, $3 files text[], $4 answered_by, $5 now bigint
-- no rows
update inquiries
set answer = $2::text, answer_files = $3::text[], answered_by = $4::bigint, answered_at = at_ms($5::bigint)
where id = $1::bigint
