-- Orders have changed: their cards are to be redrawn. Settles the notices that said so.
-- $1 bot_id bigint, then arrays of equal length: $2 notice_ids, $3 order_ids bigint[]
-- chat_id, order_id of every card that is stale now: not those that came with the change or after it, which show it already
with given as (
    select * from unnest($2::bigint[], $3::bigint[]) as g (notice_id, order_id)
), settled as (
    insert into deliveries (bot_id, notice_id, chat_id, order_id, class, state, made_at, settled_at)
    select $1::bigint, notice_id, 0, order_id, 3, 'sent', suite_now(), suite_now() from given
        on conflict (notice_id) do nothing
)
update cards c
   set stale = true
  from given g
  join notices changed on changed.id = g.notice_id
 where c.order_id = g.order_id
   and not exists (select from deliveries d left join notices n on n.id = d.notice_id
                    where d.order_id = c.order_id and d.chat_id = c.chat_id and d.message_id = c.message_id
                      and coalesce(n.order_version, d.order_version) >= changed.order_version)
returning c.chat_id, c.order_id
