-- Copies of alerts that were decided and are not sent yet: a repeat would only queue behind them.
-- $1 alert_ids, $2 order_ids bigint[]
-- at most one row per alert and addressee: alert_id, person_id (null: the managers' group)
select distinct (n.detail ->> 'alert_id')::bigint, n.person_id
from notices n
left join deliveries d on d.notice_id = n.id
where n.order_id = any ($2::bigint[]) and (n.person_id is not null or n.to_group) and n.withdrawn_at is null
  and starts_with(n.kind, 'alert_')
  and n.received_at is null and n.undeliverable is null and d.settled_at is null
  and (n.detail ->> 'alert_id')::bigint = any ($1::bigint[])
