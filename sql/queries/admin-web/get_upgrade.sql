-- one request for a larger tariff as the API shows it
-- $1 request_id bigint
-- one row: text, a JSON object; none if there is no such request
select json_build_object(
           'id', u.id, 'account', json_build_object('id', a.id, 'name', a.name),
           'person', json_build_object('id', p.id, 'name', p.name), 'tariff_id', u.tariff_id, 'at', u.at,
           'outcome', u.outcome, 'closed_at', u.closed_at, 'closed_by', u.closed_by)::text
from upgrade_requests u
join accounts a on a.id = u.account_id
join people p on p.id = u.person_id
where u.id = $1::bigint;
