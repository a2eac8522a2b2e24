-- Where a person sits, and the drafts at all seats, together with the update that led to them.
-- $1 chat_id bigint, $2 step text, $3 seat text, $4 drafts text (JSON), $5 last_update_id bigint, $6 at bigint (ms), $7 menu text
-- no rows
with given as (
    select $1::bigint as chat_id, $2::text as step, $3::text as seat, $4::text::jsonb as drafts, $5::bigint as update_id,
           at_ms($6::bigint) as at, $7::text as menu
)
insert into chats (chat_id, step, seat, drafts, last_update_id, last_update_at, menu)
select chat_id, step, seat, drafts, update_id, at, menu from given
on conflict (chat_id) do update
set step = excluded.step, seat = excluded.seat, drafts = excluded.drafts, last_update_id = excluded.last_update_id,
    last_update_at = excluded.last_update_at, menu = excluded.menu
