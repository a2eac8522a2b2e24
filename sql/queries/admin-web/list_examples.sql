-- the examples of good orders in every language, as the API shows them
-- one row: text, a JSON object of items and total
with shown as (
    select e.language,
           json_build_object('language', e.language, 'texts', json_agg(e.text order by e.position)) as item
    from example_orders e
    group by e.language
)
select json_build_object('items', coalesce(json_agg(item order by language), '[]'), 'total', count(*))::text
from shown;
