-- all tariffs, the cheapest first, as the API shows them
-- one row: text, a JSON object of items and total
with shown as (
    select t.id, t.price_minor,
           json_build_object(
               'id', t.id, 'name', t.name, 'orders_per_month', t.orders_per_month, 'reaction_minutes', t.reaction_minutes,
               'price_minor', t.price_minor, 'may_pin', t.may_pin, 'sees_contacts', t.sees_contacts,
               'open_orders', t.open_orders, 'rate_minor', t.rate_minor, 'on_sale', t.on_sale, 'calendar_id', t.calendar_id,
               'changed_at', t.changed_at,
               'accounts', (select count(*) from accounts a where a.tariff_id = t.id)) as item
    from tariffs t
)
select json_build_object('items', coalesce(json_agg(item order by price_minor, id), '[]'), 'total', count(*))::text
from shown;
