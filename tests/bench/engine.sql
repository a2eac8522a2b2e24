-- engine.sql - the world of bench engine: clients in the threads of their orders, made before the daemons start
-- variables: clients

insert into people (id, telegram_id, name, created_at)
overriding system value
select 100000 + i, 100000 + i, case when i <= :clients then 'Клиент ' else 'Подрядчик ' end || i, now()
from generate_series(1, 2 * :clients) i;

insert into person_roles (person_id, role, granted_at)
select 100000 + i, case when i <= :clients then 'client' else 'contractor' end, now()
from generate_series(1, 2 * :clients) i;

insert into accounts (id, name, tariff_id, paid_until, created_at)
overriding system value
select 100000 + i, 'Счёт ' || i, (select id from tariffs where name = 'VIP'), current_date + 365, now()
from generate_series(1, :clients) i;

insert into account_people (person_id, account_id, joined_at)
select 100000 + i, 100000 + i, now() from generate_series(1, :clients) i;

insert into billing_months (starts_at, ends_at, billing_day, time_zone)
values (now() - interval '1 day', now() + interval '27 days', 1, 'Europe/Moscow');

insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                    sees_contacts, rate_minor, currency, contractor_id, taken_at, estimate_minutes, estimate_named)
overriding system value
select 100000 + i, date_trunc('month', now() at time zone 'utc')::date, 100000 + i, 100000 + i, 'in_work', 1, now(),
       (select id from billing_months), (select id from tariffs where name = 'VIP'), 60, true, 50000, 'RUB',
       100000 + :clients + i, now(), 1440, true
from generate_series(1, :clients) i;

insert into chats (chat_id, step, seat, drafts, last_update_at)
select 100000 + i, 'thread', 'client', jsonb_build_object('client', jsonb_build_object('step', 'thread', 'order', 100000 + i)), now()
from generate_series(1, :clients) i;

-- the peer: three such rows a transaction, in tables of the same columns, indexes and constraints
create table peer_commands (like commands including all);
create table peer_events (like order_events including all) partition by range (order_month);
create table peer_events_default (like order_events_default including all);
alter table peer_events attach partition peer_events_default default;
create table peer_notices (like notices including all);
grant all on all tables in schema public to "itsupport-order-engine";
