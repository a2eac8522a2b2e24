-- Whether what an invite refers to exists, and a number for it.
-- $1 tariff_id bigint, $2 account_id bigint
-- one row: tariff exists, account exists, number
select exists (select from tariffs where id = $1::bigint), exists (select from accounts where id = $2::bigint),
       nextval(pg_get_serial_sequence('invites', 'id'))
