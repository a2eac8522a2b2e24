-- The examples of good orders in one language, instead of those there were.
-- $1 language text, $2 texts text[], in order
-- no rows
with given as (
    select $1::text as language, $2::text[] as texts
), gone as (
    delete from example_orders e using given g where e.language = g.language and e.position > cardinality(g.texts)
)
insert into example_orders (language, position, text)
select g.language, t.position, t.text
from given g
cross join unnest(g.texts) with ordinality t (text, position)
on conflict (language, position) do update set text = excluded.text
