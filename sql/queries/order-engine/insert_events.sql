-- What happened and what was said with it, append-only; files of one message are the lines of one text. An event that somebody
-- else has written since the order was read fails the batch. In one order, so that two batches never wait for each other.
-- $1 month_day, $2 order_id, $3 version, $4 actor_id, $5 at, $6 notices bigint[]; $7 event, $8 from_state, $9 to_state, $10 role,
-- $11 login, $12 command_id, $13 detail, $14 message_kind, $15 text, $16 files text[]
-- no rows
insert into order_events (order_month, order_id, version, actor_id, at, notices, event, from_state, to_state, role, login,
                          command_id, detail, message_kind, text, files)
select date '1970-01-01' + month_day::integer, order_id, version, actor_id, at_ms(at), notices, event, from_state, to_state,
       role, login, command_id, detail::jsonb, message_kind, text, string_to_array(files, E'\n')
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
     as e (month_day, order_id, version, actor_id, at, notices, event, from_state, to_state, role, login, command_id, detail,
           message_kind, text, files)
order by order_id, version
