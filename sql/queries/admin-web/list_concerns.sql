-- what should not be and nobody has seen, as the API shows it: the panel's banner
-- one row: text, a JSON object of items and total
select json_build_object(
           'items', coalesce(json_agg(json_build_object('kind', kind, 'count', count, 'since', at_ms(since), 'order_id', order_id)
                                      order by kind), '[]'),
           'total', count(*))::text
from concerns;
