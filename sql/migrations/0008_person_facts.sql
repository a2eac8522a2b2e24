-- a person as the bot meets one: roles as bits (domain.h, ROLES), the account, on duty or away

-- The roles are asked for person by person: a GROUP BY would gather everybody's to show one. Whoever wants one person asks with
-- lateral (... offset 0): in a query of many tables the planner would rather work out everybody first.
create view person_facts as
select p.id          as person_id,
       p.telegram_id,
       p.name,
       p.username,
       p.phone,
       p.language,
       p.time_zone,
       (select coalesce(sum(case r.role when 'client' then 1 when 'contractor' then 2 when 'manager' then 4 when 'owner' then 8 end), 0)
        from person_roles r
        where r.person_id = p.id and r.removed_at is null)::bigint as roles,
       c.account_id,
       p.on_duty and coalesce(p.away_until <= suite_now(), true) as on_duty, -- away until some time: on duty again by itself
       ms(p.away_until) as away_until,
       p.reachable
from people p
left join account_people c on c.person_id = p.id and c.removed_at is null
where p.removed_at is null;

-- Whoever reads a message of the bot: a person, or the managers' group, which reads as a manager does. Telegram's numbers of groups are
-- negative, so the group's stands for a person's, too.
create view readers as
select person_id, telegram_id, roles, account_id, language, time_zone
from person_facts
union all
select chat_id, chat_id, 4, null, '', ''
from managers_group;

-- Whoever has no role left reads that, and nothing else.
create view departed as
select id as person_id, telegram_id, 0::bigint as roles, null::bigint as account_id, language, time_zone
from people
where removed_at is not null;
