-- A one-time link.
-- $1 id bigint, $2 token, $3 role text, $4 tariff_id, $5 account_id bigint, $6 account_name, $7 paid_until, $8 created_by text,
-- $9 inviter_id, $10 now, $11 expires_at, $12 telegram_id bigint (null: for whoever opens it first)
-- no rows
insert into invites (id, token, role, tariff_id, account_id, account_name, paid_until, created_by, inviter_id, created_at,
                     expires_at, telegram_id)
overriding system value
values ($1::bigint, $2::text, $3::text, $4::bigint, $5::bigint, $6::text, $7::text::date, $8::text, $9::bigint,
        at_ms($10::bigint), at_ms($11::bigint), $12::bigint)
