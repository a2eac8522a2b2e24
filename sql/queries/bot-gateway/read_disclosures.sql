-- What is shown for a minute, or is still to be.
-- $1 bot_id bigint
-- id, chat_id, order_id, language, sealed (null: it is shown), message_id (null: none yet), ms left. None is left when the reader no
-- longer works on the order.
select d.id, d.chat_id, d.order_id, d.language, d.sealed, d.message_id,
       case when o.state in ('in_work', 'waiting_client') and p.telegram_id = d.chat_id then ms(d.due_at) - ms(suite_now()) else 0 end
from disclosures d
join orders o on o.id = d.order_id
left join people p on p.id = o.contractor_id
where d.bot_id = $1::bigint
order by d.id
