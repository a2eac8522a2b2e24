-- Deliveries whose sending begins now, or once more.
-- $1 ids bigint[], $2 repeated boolean[]: an answer was lost, it may arrive twice
-- id, payload (null: it is a notice)
update deliveries d
   set state = 'sending', attempts = attempts + 1, error = case when c.repeated then 'repeated' else d.error end
  from unnest($1::bigint[], $2::boolean[]) as c (id, repeated)
 where d.id = c.id and d.settled_at is null
returning d.id, d.payload::text
