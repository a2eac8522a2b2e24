-- The other side's copies of a message that its author has edited, while the order is being worked on; a question as long as its answer
-- is awaited, an answer and what is wrong with the work while somebody works by it, a report until the work is accepted or returned.
-- $1 chat_id bigint, $2 message_id bigint (the author's)
-- chat_id, message_id, the notice it was sent for, order_id, do its words stand under a picture, was it the order's card and is no more:
-- a row per copy, at most four
with given as (select $1::bigint as chat_id, $2::bigint as message_id)
select l.chat_id, l.message_id, n.id, l.order_id, l.is_caption, n.kind <> 'thread_message' and c.message_id is null
from given g
join thread_links l on l.source_chat_id = g.chat_id and l.source_message_id = g.message_id
join orders o on o.id = l.order_id and o.state in ('in_work', 'waiting_client', 'done')
join notices n on n.order_id = l.order_id
              and (n.kind = 'thread_message'
                   or (n.kind, o.state) in (('question', 'waiting_client'), ('answer', 'in_work'), ('work_returned', 'in_work'),
                                            ('order_done', 'done')))
join deliveries d on d.notice_id = n.id and d.chat_id = l.chat_id and d.message_id = l.message_id
left join cards c on c.chat_id = l.chat_id and c.order_id = l.order_id and c.message_id = l.message_id
order by n.id
limit 4
