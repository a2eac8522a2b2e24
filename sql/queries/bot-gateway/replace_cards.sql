-- These messages are the live cards from now on.
-- arrays of equal length: $1 chat_ids, $2 order_ids, $3 message_ids bigint[], $4 kinds text[]
-- chat_id, message_id of every former card
with given as (
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as g (chat_id, order_id, message_id, kind)
), newest as (
    select distinct on (chat_id, order_id) * from given order by chat_id, order_id, message_id desc
), former as (
    select c.chat_id, c.message_id from cards c join newest n using (chat_id, order_id) where c.message_id <> n.message_id
    union
    select chat_id, message_id from given except select chat_id, message_id from newest
), put as (
    insert into cards (chat_id, order_id, message_id, kind)
    select chat_id, order_id, message_id, kind from newest
        on conflict (chat_id, order_id) do update set message_id = excluded.message_id, kind = excluded.kind, stale = false
)
select chat_id, message_id from former
