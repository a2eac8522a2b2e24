-- What happened to an order and what was said, for somebody who may see it.
-- $1 telegram_id bigint, $2 order_id bigint, $3 page bigint, $4 rows per page bigint
-- event, to_state, role, at, detail's estimate, rating and clock, message, its attachments, how many there are: the newest first.
with given as (select $1::bigint as telegram_id, $2::bigint as order_id, $3::bigint as page, $4::bigint as per_page)
select h.event, h.to_state, h.role, ms(h.at), h.estimate, h.rating, h.clock, h.words,
       (select count(*) from unnest(h.files) f(file) where is_attachment(f.file)), count(*) over ()
from given g
cross join lateral order_history(g.telegram_id, g.order_id) h
order by h.at desc, h.version desc nulls first
limit (select per_page from given) offset (select page * per_page from given)
