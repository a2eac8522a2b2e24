-- What is known of a link and of the person who pressed Start on it, and numbers for what may be made.
-- $1 token text (null: the newest made for this very person), $2 telegram_id bigint
-- one row: the invite (id, role, tariff_id, account_id, account_name, paid_until days, expires_at ms, ended, inviter_id), the
-- person (id, role names, account_id), numbers (person, account), whom the invite is for (null: whoever opens it)
select i.id, i.role, i.tariff_id, i.account_id, i.account_name, i.paid_until::text, ms(i.expires_at),
       i.used_at is not null or i.revoked_at is not null, i.inviter_id,
       p.id,
       (select string_agg(r.role, ' ') from person_roles r where r.person_id = p.id and r.removed_at is null),
       a.account_id,
       nextval(pg_get_serial_sequence('people', 'id')), nextval(pg_get_serial_sequence('accounts', 'id')),
       i.telegram_id
from (select $1::text as token, $2::bigint as telegram_id) given
left join invites i on i.token = coalesce(given.token, (select x.token from invites x
                                                        where x.telegram_id = given.telegram_id and x.used_at is null
                                                          and x.revoked_at is null
                                                        order by x.id desc limit 1))
left join people p on p.telegram_id = given.telegram_id
left join account_people a on a.person_id = p.id and a.removed_at is null
