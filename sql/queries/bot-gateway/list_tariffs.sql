-- Tariffs on sale.
-- tariff_id, name, orders_per_month, reaction_minutes, price_minor, currency in force or null: by price.
select t.id, t.name, t.orders_per_month, t.reaction_minutes, t.price_minor, (select value from parameters where name = 'CURRENCY')
from tariffs t
where t.on_sale
order by t.price_minor, t.id
limit 20
