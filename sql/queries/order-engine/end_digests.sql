-- A person gets no digests any more: neither manager nor owner.
-- $1 person_id bigint
-- no rows
delete from digests
where person_id = $1::bigint
