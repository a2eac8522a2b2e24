-- Something sealed is to be shown in a chat for so long. What is shown there of the same order already is not shown twice.
-- $1 bot_id bigint, $2 chat_id bigint, $3 order_id bigint, $4 language text, $5 sealed text (base64), $6 for_ms bigint
-- no rows
insert into disclosures (bot_id, chat_id, order_id, language, sealed, due_at)
values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, suite_now() + $6::bigint * interval '1 millisecond')
on conflict (bot_id, chat_id, order_id) do nothing
