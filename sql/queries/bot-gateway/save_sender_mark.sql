-- No notice at or below this one is unsent.
-- $1 bot_id bigint, $2 notice_id bigint
-- no rows
insert into sender_marks (bot_id, notice_id) values ($1::bigint, $2::bigint)
on conflict (bot_id) do update set notice_id = greatest(sender_marks.notice_id, excluded.notice_id)
