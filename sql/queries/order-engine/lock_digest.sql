-- A person's digest, and whether he or she is still of those who get it.
-- $1 person_id bigint, $2 every text
-- at most one row: since ms, due_at ms, manager or owner?
select ms(d.since), ms(d.due_at),
       exists (select from person_roles r join people p on p.id = r.person_id
               where r.person_id = d.person_id and r.role in ('manager', 'owner') and r.removed_at is null and p.removed_at is null)
from digests d
where d.person_id = $1::bigint and d.every = $2::text
for no key update of d
