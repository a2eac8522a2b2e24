-- How far this bot's sender has settled the notices.
-- $1 bot_id bigint
-- notice_id: one row or none
select notice_id from sender_marks where bot_id = $1::bigint
