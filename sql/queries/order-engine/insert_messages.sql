-- What was said; files of one message are the lines of one text.
-- $1 month_day, $2 order_id, $3 version, $4 author_id bigint[]; $5 kind, $6 role, $7 text, $8 files text[]
-- no rows
insert into order_messages (order_month, order_id, version, author_id, kind, role, text, files)
select date '1970-01-01' + month_day::integer, order_id, version, author_id, kind, role, text,
       string_to_array(files, E'\n')
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
     as m (month_day, order_id, version, author_id, kind, role, text, files)
