-- What managers were asked, and what has come of it: for a notice that asks, that answers, or that says in its place who has answered.
-- $1 notice_id bigint
-- at most one row: id, words, files (a line each), answer, its files, who has answered or passed it on (null: an applicant has joined by a
-- link), when (ms), the asker's own message, the message that is rewritten, it is still on its way, tariff (the account's, or what was
-- granted), declined, passed on
with given as (select $1::bigint as notice_id),
asked as (
    select i.id, i.person_id, i.text as words, i.files, i.answer, i.answer_files, a.name as answered_by, i.answered_at,
           null as tariff, false as declined, false as passed
    from given g
    join notices n on n.id = g.notice_id
    join inquiries i on i.id = (n.detail ->> 'inquiry_id')::bigint
    left join people a on a.id = i.answered_by
    union all
    select u.id, u.person_id, null, null, u.words, null,
           case when n.kind = 'upgrade_passed' then p.name else coalesce(c.name, split_part(u.closed_by, ':', 2)) end,
           case when n.kind = 'upgrade_passed' then u.passed_at else u.closed_at end,
           t.name, coalesce(u.outcome = 'declined', false), u.passed_at is not null
    from given g
    join notices n on n.id = g.notice_id
    join upgrade_requests u on u.id = (n.detail ->> 'request_id')::bigint
    join accounts b on b.id = u.account_id
    left join tariffs t on t.id = case when u.closed_at is null then b.tariff_id else u.granted_tariff_id end
    left join people p on p.id = u.passed_by
    left join people c on c.telegram_id = case when u.closed_by like 'tg:%' then substr(u.closed_by, 4)::bigint end
    union all
    select y.id, y.person_id, y.words, null, null, null,
           case when y.decided_by <> 'tg:' || w.telegram_id then coalesce(c.name, split_part(y.decided_by, ':', 2)) end, y.decided_at,
           null, coalesce(y.outcome = 'declined', false), false
    from given g
    join notices n on n.id = g.notice_id
    join applications y on y.id = (n.detail ->> 'application_id')::bigint
    join people w on w.id = y.person_id
    left join people c on c.telegram_id = case when y.decided_by like 'tg:%' then substr(y.decided_by, 4)::bigint end
)
select s.id, s.words, array_to_string(s.files, E'\n'), s.answer, array_to_string(s.answer_files, E'\n'), s.answered_by, ms(s.answered_at),
       (select split_part(f.file, ' ', 4)::bigint from unnest(s.files) f (file)
         where split_part(f.file, ' ', 3) = w.telegram_id::text limit 1),
       d.message_id, d.id is not null and d.settled_at is null,
       s.tariff, s.declined, s.passed
from asked s
join given g on true
join notices n on n.id = g.notice_id
join people w on w.id = s.person_id
left join managers_group r on n.to_group
-- in another group than the one that was asked nothing can be rewritten
left join deliveries d on d.notice_id = n.rewrites and (not n.to_group or d.chat_id = r.chat_id)
