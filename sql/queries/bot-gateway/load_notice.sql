-- One notice with everything its text may name, as things stand now.
-- $1 notice_id bigint
-- The columns of order_facts (null without an order), the reader's (person and installation), the notice's. One row, or none.
with given as (select $1::bigint as notice_id),
note as (select n.* from notices n join given g on n.id = g.notice_id)
select f.*,
       p.person_id, p.telegram_id, p.roles, p.account_id, p.language,
       d.value as default_language,
       p.time_zone,
       z.value as zone,
       ms(suite_now()) as now,
       (f.offer_open or exists (select from order_pins o where o.order_id = n.order_id and o.person_id = n.person_id))
           and not exists (select from order_passes y where y.order_id = n.order_id and y.person_id = n.person_id) as offered,
       exists (select from offer_declines x where x.order_id = f.order_id and x.person_id = p.person_id) as declined,
       (select r.text from orders x join order_messages r on r.order_month = x.month and r.order_id = x.id and r.kind = 'report'
        where x.id = f.order_id order by r.version desc limit 1) as report,
       l.id as alert_id,
       l.cause as alert_cause,
       l.level as alert_level,
       ms(l.raised_at) as alert_raised_at,
       ms(l.acknowledged_at) as alert_acknowledged_at,
       k.name as alert_acknowledged_by,
       n.kind,
       n.withdrawn_at is not null as withdrawn,
       (n.detail ->> 'due_at')::bigint as detail_due_at,
       (n.detail ->> 'left')::bigint as quota_left,
       (n.detail ->> 'until')::bigint as until,
       (n.detail ->> 'amount_minor')::bigint as amount_minor,
       n.detail ->> 'currency' as amount_currency,
       n.detail ->> 'role' as role,
       (n.detail ->> 'pinned')::boolean as pinned,
       n.detail ->> 'clock' as clock,
       n.detail ->> 'reason' as reason,
       n.detail ->> 'concern' as concern,
       (n.detail ->> 'count')::bigint as count,
       (n.detail ->> 'order_id')::bigint as about_order_id,
       t.name as third_name,
       t.telegram_id as third_telegram_id,
       t.username as third_username,
       t.phone as third_phone,
       m.role as author_role,
       coalesce(m.edited, m.text, w.text) as message,
       array_to_string(m.files, E'\n') as message_files,
       r.value as order_rate,
       c.value as currency_now,
       b.name as account,
       (n.detail ->> 'repeat')::bigint as repeat,
       u.id as request_id,
       (n.detail ->> 'compensated')::boolean as compensated,
       answered_message(m.files, p.telegram_id) as reply_to,
       g.is_forum as in_forum,
       s.topic_id,
       m.edited is not null
from note n
-- offset 0: one order and one reader are looked up, whatever the planner thinks of the rest
left join lateral (select * from order_facts f where f.order_id = n.order_id offset 0) f on true
left join managers_group g on n.to_group
left join topics s on s.chat_id = g.chat_id and s.order_id = n.order_id
left join lateral (
    select * from readers p where p.person_id = coalesce(n.person_id, g.chat_id)
    union all
    select * from departed p where n.kind = 'role_lost' and p.person_id = n.person_id
    offset 0
) p on true
left join people t on t.id = (n.detail ->> 'person_id')::bigint
left join accounts b on b.id = (n.detail ->> 'account_id')::bigint
left join alerts l on l.id = (n.detail ->> 'alert_id')::bigint and l.solved_at is null
left join lateral (select w.text from alert_words w where w.alert_id = l.id offset 0) w on true
left join people k on k.id = l.acknowledged_by
left join orders o on o.id = n.order_id
left join upgrade_requests u on u.id = (n.detail ->> 'request_id')::bigint and u.closed_at is null
left join lateral (
    select m.role, m.text, m.files, m.edited
    from edited_messages m
    where m.order_month = o.month and m.order_id = o.id and m.version = n.order_version offset 0
) m on true
left join parameters z on z.name = 'TIME_ZONE'
left join parameters d on d.name = 'DEFAULT_LANGUAGE'
left join parameters r on r.name = 'ORDER_RATE'
left join parameters c on c.name = 'CURRENCY'
