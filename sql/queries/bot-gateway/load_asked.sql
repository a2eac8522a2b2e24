-- What managers were asked, and what has come of it: for a notice that asks, that answers, or that says in its place who has answered.
-- $1 notice_id bigint
-- at most one row: id, words, files (a line each), answer, its files, answered by (name), answered at (ms), the asker's own message,
-- the message that is rewritten, it is still on its way
with given as (select $1::bigint as notice_id)
select i.id, i.text, array_to_string(i.files, E'\n'), i.answer, array_to_string(i.answer_files, E'\n'), a.name, ms(i.answered_at),
       (select split_part(f.file, ' ', 4)::bigint from unnest(i.files) f (file)
         where split_part(f.file, ' ', 3) = w.telegram_id::text limit 1),
       d.message_id, d.id is not null and d.settled_at is null
from given g
join notices n on n.id = g.notice_id
join inquiries i on i.id = (n.detail ->> 'inquiry_id')::bigint
join people w on w.id = i.person_id
left join people a on a.id = i.answered_by
left join deliveries d on d.notice_id = n.rewrites
