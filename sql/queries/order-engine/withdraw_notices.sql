-- Notices that became moot: if they were not sent yet, they will not be.
-- $1 order_ids bigint[], $2 kinds text[], $3 now bigint
-- no rows
update notices n
set withdrawn_at = at_ms($3::bigint)
from unnest($1::bigint[], $2::text[]) as moot (order_id, kind)
where n.order_id = moot.order_id and n.kind = moot.kind and n.withdrawn_at is null and (n.person_id is not null or n.to_group)
  and (starts_with(n.kind, 'alert_')
       or n.kind in ('offer', 'work_reminder', 'confirm_reminder', 'answer_reminder', 'accept_reminder'))
