-- The categories an order may have.
-- $1 telegram_id bigint, $2 language text
-- category_id, name, does the person follow it?: by position.
with given as (select $1::bigint as telegram_id, $2::text as language)
select c.id, case g.language when 'ru' then c.name_ru else c.name_en end,
       exists (select from people p join person_categories f on f.person_id = p.id and f.category_id = c.id
               where p.telegram_id = g.telegram_id)
from given g
join categories c on c.on_sale
order by c.position, c.id
