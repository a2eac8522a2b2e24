-- Who might be told instead of a person who cannot be reached: managers, owners, with a notice the others of its order's account.
-- $1 telegram_id bigint (0: by the notice), $2 notice_id bigint (0: none)
-- one row per person, ascending: id, of the order's account, manager, owner, on duty, reachable, was told the same
with given as (select $1::bigint as telegram_id, $2::bigint as notice_id),
     note as (select n.* from given g join notices n on n.id = g.notice_id),
     those as (
    select r.person_id from person_roles r where r.role = 'manager' and r.removed_at is null
    union
    select r.person_id from person_roles r where r.role = 'owner' and r.removed_at is null
    union
    select a.person_id
    from note
    join orders o on o.id = note.order_id
    join account_people a on a.account_id = o.account_id and a.removed_at is null
)
select p.person_id,
       exists (select from note join orders o on o.id = note.order_id where o.account_id = p.account_id),
       p.roles & 4 <> 0, p.roles & 8 <> 0, p.on_duty, p.reachable,
       exists (select from note
               join notices n on n.order_id = note.order_id
               where n.person_id = p.person_id and n.kind = note.kind
                 and n.wants_receipt
                 and n.order_version is not distinct from note.order_version)
       or exists (select from note
                  join notices n on n.order_id is null and n.kind = note.kind and n.detail = note.detail
                  where note.order_id is null and n.person_id = p.person_id
                    and n.wants_receipt)
from those
join person_facts p on p.person_id = those.person_id
where p.telegram_id is not null and p.telegram_id <> (select telegram_id from given)
  and p.person_id is distinct from (select person_id from note)
order by p.person_id
