-- What a message that was an order's card had to say, and to whom.
-- $1 chat_id bigint, $2 order_id bigint, $3 message_id bigint
-- The reader's columns, kind of the notice it came with (null: it was opened by its reader). One row, or none for nobody we know.
with given as (select $1::bigint as chat_id, $2::bigint as order_id, $3::bigint as message_id)
select p.person_id, p.telegram_id, p.roles, p.account_id, p.language,
       d.value as default_language, p.time_zone, z.value as zone, ms(suite_now()) as now,
       (select n.kind
          from (select d.notice_id from deliveries d
                 where d.order_id = g.order_id and d.chat_id = g.chat_id and d.message_id = g.message_id
                 order by d.id desc limit 1) d
          join notices n on n.id = d.notice_id)
from given g
cross join lateral (select * from readers p where p.telegram_id = g.chat_id offset 0) p
left join parameters z on z.name = 'TIME_ZONE'
left join parameters d on d.name = 'DEFAULT_LANGUAGE'
