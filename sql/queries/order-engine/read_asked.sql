-- Who was asked to see to a client's request for a larger tariff.
-- $1 request_id bigint
-- one row per person: person_id
select distinct n.person_id
from upgrade_requests u
join notices n on n.kind = 'upgrade_requested'
              and n.detail = jsonb_build_object('request_id', u.id, 'person_id', u.person_id, 'account_id', u.account_id)
where u.id = $1::bigint
