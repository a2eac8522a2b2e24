-- Locks the orders that need a person, those in whose pinned window the person may be the last, and the one a notice is about: two
-- who cannot be reached at once are dealt with one after the other.
-- $1 telegram_id bigint (0: by the notice), $2 notice_id bigint (0: none)
-- one row per order, ascending: id
with given as (select $1::bigint as telegram_id, $2::bigint as notice_id),
     who as (
    select p.id from given g join people p on p.telegram_id = g.telegram_id
    union
    select n.person_id from given g join notices n on n.id = g.notice_id
)
select o.id
from orders o
where o.id in (select w.id from who join orders w on w.contractor_id = who.id and w.state in ('in_work', 'waiting_client')
               union
               select a.order_id from who join alerts a on a.solved_at is null and a.cause = 'unreachable'
                                          join orders u on u.id = a.order_id and who.id in (u.ordered_by, u.contractor_id)
               union
               select d.order_id from who join order_pins x on x.person_id = who.id
                                          join deadlines d on d.order_id = x.order_id and d.step = 'open'
               union
               select n.order_id from given g join notices n on n.id = g.notice_id)
order by o.id
for no key update
