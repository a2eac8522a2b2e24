-- What is known of a client who asks for a larger tariff; read after the account's lock.
-- $1 telegram_id bigint, $2 tariff_id bigint: null = none is named
-- one row: account_id, a request of it is open, there is such a tariff on sale, number of the request
select a.account_id,
       exists (select from upgrade_requests u where u.account_id = a.account_id and u.closed_at is null),
       exists (select from tariffs t where t.id = given.tariff_id and t.on_sale),
       nextval(pg_get_serial_sequence('upgrade_requests', 'id'))
from (select $1::bigint as telegram_id, $2::bigint as tariff_id) given
left join people p on p.telegram_id = given.telegram_id
left join account_people a on a.person_id = p.id and a.removed_at is null
