-- audit rows that are not sealed and that no transaction under way can be older than
-- $1 sealed_below text: every row of older transactions is sealed; null: not known, $2 most bigint
-- rows, ascending by id: id bigint, text text (what is hashed)
with given as (
    select coalesce($1::text, '0')::xid8 as sealed_below, $2::bigint as most
)
select a.id, audit_text(a)
from given
join audit a on a.txid >= given.sealed_below and a.txid < pg_snapshot_xmin(pg_current_snapshot())
where not exists (select from audit_seals s where s.audit_id = a.id)
order by a.id
limit (select most from given)
