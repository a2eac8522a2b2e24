-- What became of deliveries.
-- arrays of equal length: $1 ids bigint[], $2 states text[], $3 message_ids bigint[] (0: none), $4 errors text[], $5 reports text[]
-- no rows
update deliveries d
   set state = s.state, message_id = nullif(s.message_id, 0), error = coalesce(s.error, d.error), report = s.report,
       settled_at = suite_now()
  from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[]) as s (id, state, message_id, error, report)
 where d.id = s.id and d.settled_at is null
