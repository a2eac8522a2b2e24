-- A role that was taken away is given back; a client belongs to the account of before again.
-- $1 person_id bigint, $2 role text, $3 now bigint
-- no rows
with given_back as (
    update person_roles
    set removed_at = null, granted_at = at_ms($3::bigint)
    where person_id = $1::bigint and role = $2::text
),
rejoined as (
    update account_people
    set removed_at = null, joined_at = at_ms($3::bigint)
    where person_id = $1::bigint and $2::text = 'client'
)
update people
set removed_at = null
where id = $1::bigint
