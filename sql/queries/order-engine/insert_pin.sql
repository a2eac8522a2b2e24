-- A contractor gets this account's orders first.
-- $1 account_id bigint, $2 contractor_id bigint, $3 now bigint
-- no rows
insert into pins (account_id, contractor_id, pinned_at)
values ($1::bigint, $2::bigint, at_ms($3::bigint))
on conflict do nothing
