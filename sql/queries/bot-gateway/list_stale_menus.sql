-- Chats whose command menu no longer fits the person's roles or language.
-- $1 rows at most bigint
-- chat_id, roles (0: none any more), language
with given as (select $1::bigint as at_most),
wanted as (
    select c.chat_id, c.menu, coalesce(p.roles, 0) as roles,
           coalesce(nullif(p.language, ''), (select d.value from parameters d where d.name = 'DEFAULT_LANGUAGE'), 'ru') as language
    from chats c
    left join person_facts p on p.telegram_id = c.chat_id
    where c.chat_id > 0
)
select chat_id, roles, language
from wanted
where menu <> case when roles = 0 then '' else language || ':' || roles end
limit (select at_most from given)
