-- Notices nobody has begun to send, oldest first; no more of them than is needed to stand in line.
-- $1 after bigint (a notice), $2 most bigint
-- id, kind, chat_id (null: never joined, no group is bound), order_id, not_before, is for somebody, is for the managers' group
with given as (select $1::bigint as after, $2::bigint as most)
select n.id, n.kind, coalesce(p.telegram_id, r.chat_id), n.order_id, ms(n.not_before), n.person_id is not null or n.to_group, n.to_group
  from given g
 cross join lateral (
       select *
         from notices n
        where n.id > g.after and n.withdrawn_at is null
          and not exists (select from deliveries d where d.notice_id = n.id)
        order by n.id
        limit g.most) n
  left join people p on p.id = n.person_id
  left join managers_group r on n.to_group
 order by n.id
