-- What a client hands over takes the place of what was there.
-- $1 order_id bigint, $2 sealed text (base64), $3 now bigint
-- no rows
insert into credentials (order_id, sealed, sealed_at)
values ($1::bigint, decode($2::text, 'base64'), at_ms($3::bigint))
on conflict (order_id) do update set sealed = excluded.sealed, sealed_at = excluded.sealed_at, erased_at = null
