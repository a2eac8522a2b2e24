-- A group has become a supergroup under another number: what waits goes there; what it has been shown cannot be redrawn any more.
-- $1 chat_id bigint, $2 to_chat_id bigint
-- no rows
with given as (
    select $1::bigint as chat_id, $2::bigint as to_chat_id
), waiting as (
    update deliveries d set chat_id = g.to_chat_id from given g where d.chat_id = g.chat_id and d.settled_at is null
)
delete from cards c
 using given g
 where c.chat_id = g.chat_id
