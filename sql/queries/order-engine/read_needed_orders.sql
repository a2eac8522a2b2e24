-- Orders that need a person: in work with this contractor, alerted because of this person, or what a notice is about.
-- $1 telegram_id bigint (0: by the notice), $2 notice_id bigint (0: none)
-- one row per order, ascending: person_id, order_id, a number for an alert, in work with the person as contractor, the alert of
-- unreachability stands, nobody else it needs is unreachable
with given as (select $1::bigint as telegram_id, $2::bigint as notice_id),
     who as (
    select p.id from given g join people p on p.telegram_id = g.telegram_id
    union
    select n.person_id from given g join notices n on n.id = g.notice_id
), needed as (
    select w.id from who join orders w on w.contractor_id = who.id and w.state in ('in_work', 'waiting_client')
    union
    select a.order_id from who join alerts a on a.solved_at is null and a.cause = 'unreachable'
                               join orders u on u.id = a.order_id and who.id in (u.ordered_by, u.contractor_id)
    union
    select n.order_id from given g join notices n on n.id = g.notice_id
)
select who.id, o.id, nextval('alerts_id_seq'),
       coalesce(o.contractor_id = who.id, false) and o.state in ('in_work', 'waiting_client'),
       exists (select from alerts a where a.order_id = o.id and a.cause = 'unreachable' and a.solved_at is null),
       not exists (select from people p
                   where p.id in (o.ordered_by, o.contractor_id) and p.id <> who.id and p.removed_at is null and not p.reachable)
from who
cross join needed
join orders o on o.id = needed.id
order by o.id
