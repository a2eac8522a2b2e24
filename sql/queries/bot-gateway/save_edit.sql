-- What a message of a thread says since its author has edited it.
-- $1 chat_id bigint, $2 message_id bigint (the author's), $3 text text
-- no rows
insert into edits (chat_id, message_id, text)
values ($1::bigint, $2::bigint, $3::text)
on conflict (chat_id, message_id) do update
set text = excluded.text
