-- What is known of somebody who is to get a role, and numbers for what may be made.
-- $1 telegram_id bigint, $2 tariff_id bigint, $3 account_id bigint (null: none)
-- one row: the person if he or she has ever accepted the privacy text (id, name, role names), tariff exists, account exists,
-- numbers (account, invite)
select p.id, p.name,
       (select string_agg(r.role, ' ') from person_roles r where r.person_id = p.id and r.removed_at is null),
       exists (select from tariffs t where t.id = given.tariff_id), exists (select from accounts a where a.id = given.account_id),
       nextval(pg_get_serial_sequence('accounts', 'id')), nextval(pg_get_serial_sequence('invites', 'id'))
from (select $1::bigint as telegram_id, $2::bigint as tariff_id, $3::bigint as account_id) given
left join people p on p.telegram_id = given.telegram_id and p.privacy_at is not null
