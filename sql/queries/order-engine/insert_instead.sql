-- Notices that did not reach their addressees, for somebody else.
-- $1 notice_ids bigint[], $2 person_ids bigint[], $3 now bigint
-- no rows
insert into notices (kind, person_id, order_id, order_version, at, detail, wants_receipt, instead_of)
select n.kind, told.person_id, n.order_id, n.order_version, at_ms($3::bigint), n.detail, n.wants_receipt, n.id
from unnest($1::bigint[], $2::bigint[]) as told (notice_id, person_id)
join notices n on n.id = told.notice_id
