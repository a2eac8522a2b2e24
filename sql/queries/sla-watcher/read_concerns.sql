-- what should not be and nobody has seen
-- one row per kind of which there is any: kind text, count bigint, since bigint ms, order_id bigint (null: about none), today text
select kind, count, since, order_id, to_char(suite_now(), 'YYYY-MM-DD')
from concerns
