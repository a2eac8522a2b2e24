-- These messages are the live cards from now on.
-- arrays of equal length: $1 chat_ids, $2 order_ids, $3 message_ids bigint[], $4 kinds text[]
-- chat_id, message_id of every former card; not of an alert's former copy, which goes as a whole (find_former_alerts)
with given as (
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as g (chat_id, order_id, message_id, kind)
), newest as (
    select distinct on (chat_id, order_id) * from given order by chat_id, order_id, message_id desc
), former as (
    select c.chat_id, c.message_id from cards c join newest n using (chat_id, order_id) where c.message_id <> n.message_id
    union
    select chat_id, message_id from given except select chat_id, message_id from newest
), told_again as (
    select g.chat_id, was.message_id
    from newest g
    join deliveries d on d.order_id = g.order_id and d.chat_id = g.chat_id and d.message_id = g.message_id and d.class = 2
    join notices n on n.id = d.notice_id
    join deliveries was on was.order_id = g.order_id and was.chat_id = g.chat_id and was.class = 2
    join notices m on m.id = was.notice_id and m.detail ->> 'alert_id' = n.detail ->> 'alert_id'
), put as (
    insert into cards (chat_id, order_id, message_id, kind)
    select chat_id, order_id, message_id, kind from newest
        on conflict (chat_id, order_id) do update set message_id = excluded.message_id, kind = excluded.kind, stale = false
)
select chat_id, message_id from former
except
select chat_id, message_id from told_again
