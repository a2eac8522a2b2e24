-- A reply of the dialog, to be sent.
-- $1 bot_id bigint, $2 chat_id bigint, $3 order_id bigint or null, $4 class bigint, $5 payload text (JSON of the Telegram call),
-- $6 order_version bigint: as its card shows it, or null
-- id: one row
insert into deliveries (bot_id, chat_id, order_id, class, state, payload, order_version, made_at)
values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, 'waiting', $5::text::jsonb, $6::bigint, suite_now())
returning id
