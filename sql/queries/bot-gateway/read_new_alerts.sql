-- The same, of the kinds of class alert only: while everything else waits in a long line.
-- $1 after bigint (a notice), $2 most bigint
-- id, kind, telegram_id (null: never joined), order_id, not_before, is for a person
with given as (select $1::bigint as after, $2::bigint as most)
select n.id, n.kind, p.telegram_id, n.order_id, ms(n.not_before), n.person_id is not null
  from given g
 cross join lateral (
       select *
         from notices n
        where n.id > g.after and starts_with(n.kind, 'alert_') and n.withdrawn_at is null
          and not exists (select from deliveries d where d.notice_id = n.id)
        order by n.id
        limit g.most) n
  left join people p on p.id = n.person_id
 order by n.id
