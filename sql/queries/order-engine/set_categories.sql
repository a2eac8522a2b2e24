-- The categories of orders a contractor is told of; none = all.
-- $1 telegram_id bigint, $2 category_ids bigint[]
-- no rows
with who as (
    select id from people where telegram_id = $1::bigint
), gone as (
    delete from person_categories c using who where c.person_id = who.id and c.category_id <> all ($2::bigint[])
)
insert into person_categories (person_id, category_id)
select who.id, chosen.id
from who
cross join unnest($2::bigint[]) as chosen (id)
on conflict do nothing
