-- where the chain ends, and the oldest transaction still under way
-- one row: seq bigint (0: nothing is sealed), hash bytea (null then), horizon text
select coalesce(s.seq, 0), s.hash, pg_snapshot_xmin(pg_current_snapshot())::text
from (select) one
left join (select seq, hash from audit_seals order by seq desc limit 1) s on true
