-- What taking a role away would do.
-- $1 telegram_id bigint (an owner), $2 what bigint: person_id * 16 + the role's bit
-- person_id, name, orders in work as a contractor, orders of the account that nobody has taken, nobody else belongs to the account. One
-- row, or none; nothing for those who are no owner.
with given as (select $1::bigint as telegram_id, $2::bigint / 16 as person_id)
select w.id, w.name,
       (select count(*) from orders o where o.contractor_id = w.id and o.state in ('in_work', 'waiting_client')),
       (select count(*) from orders o where o.account_id = c.account_id and o.state = 'new'),
       c.account_id is not null
           and not exists (select from account_people x
                           where x.account_id = c.account_id and x.removed_at is null and x.person_id <> w.id)
from given g
join lateral (select * from person_facts p where p.telegram_id = g.telegram_id offset 0) p on p.roles & 8 > 0
join people w on w.id = g.person_id
left join account_people c on c.person_id = w.id and c.removed_at is null
