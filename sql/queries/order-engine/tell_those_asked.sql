-- What the managers were asked has an answer: whoever was asked reads it in the message that asked, the group too.
-- $1 asked text: the kind of the notices that asked, $2 detail text: theirs, $3 kind text: of the notices that rewrite them, $4 now bigint
-- no rows
insert into notices (kind, person_id, to_group, at, detail, rewrites)
select $3::text, n.person_id, n.to_group, at_ms($4::bigint), n.detail, n.id
from notices n
where n.kind = $1::text and n.kind in ('inquiry_sent', 'upgrade_requested', 'application_sent') and n.detail = $2::text::jsonb
order by n.id
