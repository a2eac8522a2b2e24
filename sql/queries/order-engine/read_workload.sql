-- How much contractors have in work; read after they were locked.
-- $1 telegram_ids bigint[], $2 ids bigint[]
-- one row per person: id, orders in_work and waiting_client
select p.id,
       (select count(*) from orders o where o.contractor_id = p.id and o.state in ('in_work', 'waiting_client'))
from people p
where p.telegram_id = any ($1::bigint[]) or p.id = any ($2::bigint[])
