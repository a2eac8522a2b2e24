-- The chat's step and draft together with the update that led to them.
-- $1 chat_id bigint, $2 step text, $3 draft text (JSON), $4 last_update_id bigint, $5 at bigint (ms), $6 menu text
with given as (
    select $1::bigint as chat_id, $2::text as step, $3::text::jsonb as draft, $4::bigint as update_id, at_ms($5::bigint) as at,
           $6::text as menu
)
insert into chats (chat_id, step, draft, last_update_id, last_update_at, menu)
select chat_id, step, draft, update_id, at, menu from given
on conflict (chat_id) do update
set step = excluded.step, draft = excluded.draft, last_update_id = excluded.last_update_id,
    last_update_at = excluded.last_update_at, menu = excluded.menu
