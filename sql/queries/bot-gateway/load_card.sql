-- One order as the person of a private chat, or the managers' group, sees it now.
-- $1 chat_id bigint (the person's Telegram id, or the group's), $2 order_id bigint
-- The columns of order_facts, the reader's (person and installation), the card's kind, what the client wrote with the alert,
-- what was said with the message that is the card now, that message. One row, or none without order or person.
with given as (select $1::bigint as chat_id, $2::bigint as order_id)
select f.*,
       p.person_id, p.telegram_id, p.roles, p.account_id, p.language,
       d.value                      as default_language,
       p.time_zone,
       z.value                      as zone,
       ms(suite_now())              as now,
       (f.offer_open or exists (select from order_pins o where o.order_id = f.order_id and o.person_id = p.person_id))
           and not exists (select from order_passes y where y.order_id = f.order_id and y.person_id = p.person_id) as offered,
       exists (select from offer_declines x where x.order_id = f.order_id and x.person_id = p.person_id) as declined,
       (select r.text from orders x join order_messages r on r.order_month = x.month and r.order_id = x.id and r.kind = 'report'
        where x.id = f.order_id order by r.version desc limit 1) as report,
       l.id                         as alert_id,
       l.cause                      as alert_cause,
       l.level                      as alert_level,
       ms(l.raised_at)              as alert_raised_at,
       ms(l.acknowledged_at)        as alert_acknowledged_at,
       k.name                       as alert_acknowledged_by,
       c.kind                       as card_kind,
       w.text                       as alert_message,
       s.text                       as words,
       c.message_id                 as card_message_id
from given g
-- offset 0: one order and one reader are looked up, whatever the planner thinks of tables it has not counted yet
cross join lateral (select * from order_facts f where f.order_id = g.order_id offset 0) f
cross join lateral (select * from readers p where p.telegram_id = g.chat_id offset 0) p
left join cards c on c.chat_id = g.chat_id and c.order_id = g.order_id
left join lateral (
    select * from alerts a
    where a.order_id = g.order_id and a.solved_at is null
    order by coalesce(c.kind = 'alert_' || a.cause, false) desc, a.raised_at desc
    limit 1
) l on true
left join lateral (select w.text from alert_words w where w.alert_id = l.id offset 0) w on true
left join lateral (
    select m.text
    from deliveries d
    join notices n on n.id = d.notice_id
    join orders x on x.id = d.order_id
    join order_messages m on m.order_month = x.month and m.order_id = x.id and m.version = n.order_version
    where d.order_id = g.order_id and d.chat_id = g.chat_id and d.message_id = c.message_id and m.kind <> 'task'
    order by d.id desc
    limit 1
) s on true
left join people k on k.id = l.acknowledged_by
left join parameters z on z.name = 'TIME_ZONE'
left join parameters d on d.name = 'DEFAULT_LANGUAGE'
