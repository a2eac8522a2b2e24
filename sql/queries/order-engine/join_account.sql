-- A person becomes client of an account.
-- $1 person_id bigint, $2 account_id bigint, $3 now bigint
-- no rows
insert into account_people (person_id, account_id, joined_at)
values ($1::bigint, $2::bigint, at_ms($3::bigint))
on conflict (person_id)
do update set account_id = excluded.account_id, joined_at = excluded.joined_at, removed_at = null
