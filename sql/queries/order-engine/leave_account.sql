-- A person is no longer client of an account.
-- $1 person_id, $2 now bigint
-- no rows
update account_people
set removed_at = at_ms($2::bigint)
where person_id = $1::bigint and removed_at is null
