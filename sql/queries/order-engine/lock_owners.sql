-- Locks the owners' roles, so that no two removals count on each other's owner to stay.
-- any number of rows: person_id
select person_id
from person_roles
where role = 'owner' and removed_at is null
order by person_id
for no key update
