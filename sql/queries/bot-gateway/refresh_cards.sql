-- Cards that were redrawn are no longer stale; those whose message is gone are forgotten.
-- arrays of equal length: $1 chat_ids, $2 order_ids, $3 message_ids bigint[], $4 gone boolean[]
-- no rows
with given as (
    select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[]) as g (chat_id, order_id, message_id, gone)
), forgotten as (
    delete from cards c using given g
     where c.chat_id = g.chat_id and c.order_id = g.order_id and c.message_id = g.message_id and g.gone
)
update cards c
   set stale = false
  from given g
 where c.chat_id = g.chat_id and c.order_id = g.order_id and c.message_id = g.message_id and not g.gone and c.stale
