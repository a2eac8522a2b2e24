-- Alerts that a person is on, who cannot be any more: their reopening is due at once.
-- $1 telegram_id bigint, $2 now bigint
-- one row per alert: id
update deadlines d
set due_at = at_ms($2::bigint)
from alerts a
join people p on p.id = a.acknowledged_by
where p.telegram_id = $1::bigint and a.solved_at is null and d.alert_id = a.id and d.step = 'reopen'
returning d.id
