-- At the end of an order what the client handed over is erased, also from the stored answers that carried it.
-- $1 order_ids bigint[], $2 now bigint
-- no rows
with erased as (
    update credentials
       set sealed = null, erased_at = at_ms($2::bigint)
     where order_id = any ($1::bigint[]) and sealed is not null
)
update commands c
   set answer = (c.answer::jsonb #- '{body,sealed}')::text
  from credential_views v
 where v.order_id = any ($1::bigint[]) and c.id = v.command_id
