-- Cards that are still to be redrawn.
-- no parameters
-- chat_id, order_id
select chat_id, order_id from cards where stale order by order_id, chat_id
