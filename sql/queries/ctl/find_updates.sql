-- updates of Telegram that were set aside and should have been handled long ago
-- rows: what text, id bigint, finding text, detail text
select 'update', update_id, 'update_stuck', format('since %s UTC', to_char(received_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'))
from inbox
where parked_reason is null and received_at < suite_now() - interval '10 minutes' and received_at < clock_timestamp() - interval '10 minutes'
