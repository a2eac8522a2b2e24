-- Cards that were redrawn are no longer stale. Forgotten are those whose message is gone, and those of contractors who have seen that
-- the order is another's: nothing of it concerns them any more. Not within a minute of the taking: the edit may have been older.
-- arrays of equal length: $1 chat_ids, $2 order_ids, $3 message_ids bigint[], $4 gone boolean[]
-- no rows
with given as (
    select c.chat_id, c.order_id, c.message_id,
           g.gone or (coalesce(coalesce(o.ended_at, o.taken_at) < suite_now() - interval '1 minute', false)
                      and not exists (select from person_facts p
                                       where p.telegram_id = c.chat_id
                                         and (p.roles & 12 > 0 or p.account_id = o.account_id or p.person_id = o.contractor_id))) as is_over
      from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[]) as g (chat_id, order_id, message_id, gone)
      join cards c on c.chat_id = g.chat_id and c.order_id = g.order_id and c.message_id = g.message_id
      join orders o on o.id = c.order_id
), forgotten as (
    delete from cards c using given g
     where c.chat_id = g.chat_id and c.order_id = g.order_id and g.is_over
)
update cards c
   set stale = false
  from given g
 where c.chat_id = g.chat_id and c.order_id = g.order_id and not g.is_over and c.stale
