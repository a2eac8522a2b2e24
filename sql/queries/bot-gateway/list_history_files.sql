-- The attachments of a page of an order's history, for somebody who may see it.
-- $1 telegram_id bigint, $2 order_id bigint, $3 page bigint, $4 rows per page bigint
-- One line of "<kind> <file_id> <chat_id> <message_id>" a row, the oldest first.
with given as (select $1::bigint as telegram_id, $2::bigint as order_id, $3::bigint as page, $4::bigint as per_page),
shown as (
    select h.at, h.version, h.files
    from given g
    cross join lateral order_history(g.telegram_id, g.order_id) h
    order by h.at desc, h.version desc nulls first
    limit (select per_page from given) offset (select page * per_page from given)
)
select f.file
from shown s
cross join unnest(s.files) with ordinality f(file, position)
where is_attachment(f.file)
order by s.at, s.version, f.position
