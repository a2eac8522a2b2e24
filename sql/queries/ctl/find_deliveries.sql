-- deliveries that were made twice, or count as sent without a proof
-- rows: what text, id bigint, finding text, detail text
select case when n.order_id is null then 'notice' else 'order' end, coalesce(n.order_id, d.notice_id), 'delivery_doubled',
       format('notice %s: %s deliveries', d.notice_id, d.deliveries)
from (select notice_id, count(*) as deliveries from deliveries where notice_id is not null group by notice_id having count(*) > 1) d
left join notices n on n.id = d.notice_id
union all
select case when n.order_id is null then 'notice' else 'order' end, coalesce(n.order_id, d.notice_id), 'delivery_unproven',
       format('delivery %s', d.id)
from deliveries d
join notices n on n.id = d.notice_id and n.person_id is not null
where d.state = 'sent' and d.message_id is null
