-- Orders have changed: their cards are to be redrawn. Settles the notices that said so.
-- $1 bot_id bigint, then arrays of equal length: $2 notice_ids, $3 order_ids bigint[]
-- chat_id, order_id of every card that is stale now
with given as (
    select * from unnest($2::bigint[], $3::bigint[]) as g (notice_id, order_id)
), settled as (
    insert into deliveries (bot_id, notice_id, chat_id, order_id, class, state, made_at, settled_at)
    select $1::bigint, notice_id, 0, order_id, 3, 'sent', suite_now(), suite_now() from given
        on conflict (notice_id) do nothing
)
update cards set stale = true where order_id in (select order_id from given)
returning chat_id, order_id
