-- continues the chain
-- $1 seqs bigint[], $2 audit_ids bigint[], $3 hashes bytea[]
-- no rows
insert into audit_seals (seq, audit_id, hash)
select seq, audit_id, hash
from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as sealed (seq, audit_id, hash)
