-- The categories a new order may have.
-- one row: their numbers as bits
select coalesce(sum(1::bigint << id), 0)::bigint
from categories
where on_sale
