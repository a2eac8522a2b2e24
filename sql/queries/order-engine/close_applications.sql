-- What a person has applied for has been answered; whoever was asked reads so in the message that asked, the group too.
-- $1 person_id bigint, $2 outcome text, $3 now bigint, $4 decided_by text
-- no rows
with closed as (
    update applications
    set outcome = $2::text, decided_at = at_ms($3::bigint), decided_by = $4::text
    where person_id = $1::bigint and decided_at is null
    returning id, person_id, role
)
insert into notices (kind, person_id, to_group, at, detail, rewrites)
select 'application_answered', n.person_id, n.to_group, at_ms($3::bigint), n.detail, n.id
from closed c
join notices n on n.kind = 'application_sent'
              and n.detail = jsonb_build_object('application_id', c.id, 'person_id', c.person_id, 'role', c.role)
order by n.id
