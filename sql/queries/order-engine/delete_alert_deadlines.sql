-- The next step of alerts that were acknowledged, reopened, repeated or solved.
-- $1 alert_ids bigint[]
-- no rows
delete from deadlines
where alert_id = any ($1::bigint[])
