-- the audit's seals in their order, with the rows they seal
-- $1 after_seq bigint, $2 most bigint
-- rows, ascending by seq: seq bigint, audit_id bigint, hash bytea, text text (null: the row is gone)
select s.seq, s.audit_id, s.hash, case when a.id is not null then audit_text(a) end
from audit_seals s
left join audit a on a.id = s.audit_id
where s.seq > $1::bigint
order by s.seq
limit $2::bigint
