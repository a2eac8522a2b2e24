-- the examples of good orders in one language, as the API shows them
-- $1 language text
-- one row: text, a JSON object; none if there are none in it
select json_build_object('language', e.language, 'texts', json_agg(e.text order by e.position))::text
from example_orders e
where e.language = $1::text
group by e.language;
