-- What is known of an application that is to be answered; read after its lock.
-- $1 application_id bigint, $2 tariff_id bigint, $3 account_id bigint (null: none)
-- one row: the application (id, role, answered already), the person (id, name), tariff exists, account exists, number of
-- an account
select a.id, a.role, a.decided_at is not null, p.id, p.name,
       exists (select from tariffs t where t.id = given.tariff_id), exists (select from accounts x where x.id = given.account_id),
       nextval(pg_get_serial_sequence('accounts', 'id'))
from (select $1::bigint as application_id, $2::bigint as tariff_id, $3::bigint as account_id) given
left join applications a on a.id = given.application_id
left join people p on p.id = a.person_id
