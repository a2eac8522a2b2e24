-- Alerts have been told again: the messages of which nothing is left that was not, be it a list of several.
-- arrays of equal length: $1 chat_ids, $2 notice_ids, $3 message_ids bigint[]: the new copies
-- chat_id, message_id of every message that has to go
with given as (
    select g.chat_id, g.message_id, n.order_id, n.detail ->> 'alert_id' as alert_id
    from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as g (chat_id, notice_id, message_id)
    join notices n on n.id = g.notice_id
), former as (
    select distinct g.chat_id, f.message_id
    from given g
    cross join lateral (
        select d.message_id -- the former copy; those before it went when it came
        from deliveries d
        join notices n on n.id = d.notice_id
        where d.order_id = g.order_id and d.chat_id = g.chat_id and n.detail ->> 'alert_id' = g.alert_id and d.message_id < g.message_id
        order by d.message_id desc
        limit 1
    ) f
)
select f.chat_id, f.message_id
from former f
where not exists (
    select
    from deliveries told
    join notices n on n.id = told.notice_id
    where told.class = 2 and told.chat_id = f.chat_id and told.message_id = f.message_id
      and not exists (
          select
          from deliveries again
          join notices m on m.id = again.notice_id
          where again.order_id = told.order_id and again.chat_id = told.chat_id
            and m.detail ->> 'alert_id' = n.detail ->> 'alert_id' and again.message_id > told.message_id))
