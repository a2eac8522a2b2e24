-- These messages are the live cards from now on; stale at once if the order has changed since they were made. Not those that were shown
-- in an older message's place while something newer was told below it: they shrink.
-- arrays of equal length: $1 chat_ids, $2 order_ids, $3 message_ids bigint[], $4 kinds text[]
-- chat_id, order_id, message_id of every former card (not of an alert's former copy, which goes as a whole: find_former_alerts);
-- those to be redrawn at once with message_id null
with given as (
    select g.*, (select d.made_at from deliveries d
                  where d.order_id = g.order_id and d.chat_id = g.chat_id and d.message_id = g.message_id
                  order by d.id desc limit 1) as made_at
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as g (chat_id, order_id, message_id, kind)
), overtaken as (
    select g.chat_id, g.order_id, g.message_id
      from given g
      join cards c on c.chat_id = g.chat_id and c.order_id = g.order_id and c.message_id > g.message_id
      join deliveries d on d.order_id = c.order_id and d.chat_id = c.chat_id and d.message_id = c.message_id and d.made_at > g.made_at
), newest as (
    select distinct on (chat_id, order_id) * from given g
     where not exists (select from overtaken o where o.chat_id = g.chat_id and o.order_id = g.order_id and o.message_id = g.message_id)
     order by chat_id, order_id, made_at desc nulls last, message_id desc
), former as (
    select c.chat_id, c.order_id, c.message_id from cards c join newest n using (chat_id, order_id) where c.message_id <> n.message_id
    union
    select chat_id, order_id, message_id from given except select chat_id, order_id, message_id from newest
), seen as (
    select n.*, exists (select from orders o
                          join order_events e on e.order_month = o.month and e.order_id = o.id
                         where o.id = n.order_id and e.event not in ('say', 'complain') and e.at > n.made_at) as is_stale
      from newest n
), told_again as (
    select g.chat_id, g.order_id, was.message_id
    from newest g
    join deliveries d on d.order_id = g.order_id and d.chat_id = g.chat_id and d.message_id = g.message_id and d.class = 2
    join notices n on n.id = d.notice_id
    join deliveries was on was.order_id = g.order_id and was.chat_id = g.chat_id and was.class = 2
    join notices m on m.id = was.notice_id and m.detail ->> 'alert_id' = n.detail ->> 'alert_id'
), put as (
    insert into cards (chat_id, order_id, message_id, kind, stale)
    select chat_id, order_id, message_id, kind, is_stale from seen
        on conflict (chat_id, order_id) do update
       set message_id = excluded.message_id, kind = excluded.kind, stale = excluded.stale
)
(select chat_id, order_id, message_id from former
 except
 select chat_id, order_id, message_id from told_again)
union all
select chat_id, order_id, null from seen where is_stale
