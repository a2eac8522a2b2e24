-- Locks a client's request for a larger tariff, and the account that may move.
-- $1 id bigint, $2 tariff_id bigint: null = none is named
-- at most one row: id, account_id, person_id, it is closed, the owners have it, the tariff exists
select u.id, u.account_id, u.person_id, u.closed_at is not null, u.passed_at is not null,
       exists (select from tariffs t where t.id = $2::bigint)
from upgrade_requests u
join accounts a on a.id = u.account_id
where u.id = $1::bigint
for no key update of u, a
