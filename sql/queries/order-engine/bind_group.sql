-- This chat is the managers' group from now on.
-- $1 chat_id bigint, $2 title text, $3 is_forum boolean, $4 now bigint
-- no rows
insert into managers_group (chat_id, title, is_forum, bound_at)
values ($1::bigint, $2::text, $3::boolean, at_ms($4::bigint))
on conflict (one) do update
set chat_id = excluded.chat_id, title = excluded.title, is_forum = excluded.is_forum, bound_at = excluded.bound_at
