-- what waits for an answer of the managers', whatever it is

-- kind: the notice by which managers are asked; detail: what such a notice says of it, the same for all who are asked.
create view unanswered as
select 'inquiry_sent' as kind, i.id, i.person_id, i.account_id, null as role, i.text as words, i.at,
       jsonb_build_object('inquiry_id', i.id, 'person_id', i.person_id, 'account_id', i.account_id) as detail
from inquiries i
where i.answered_at is null
union all
select 'upgrade_requested', u.id, u.person_id, u.account_id, null, null, u.at,
       jsonb_build_object('request_id', u.id, 'person_id', u.person_id, 'account_id', u.account_id)
from upgrade_requests u
where u.closed_at is null
union all
select 'application_sent', y.id, y.person_id, null, y.role, y.words, y.at,
       jsonb_build_object('application_id', y.id, 'person_id', y.person_id, 'role', y.role)
from applications y
where y.decided_at is null;
